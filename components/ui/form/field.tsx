import { type ReactNode, useId } from "react";
import { Icon } from "../icon";

/** Props for the control: they connect label, hint and error with it. */
type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

type Props = {
  label: ReactNode;
  /** A `Term` for the label. */
  about?: ReactNode;
  hint?: ReactNode;
  /** A sentence in the user's language; marks the control invalid. */
  error?: ReactNode;
  required?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** `<Field label="数量">{(control) => <NumberInput {...control} name="count" />}</Field>` */
export function Field({ label, about, hint, error, required, className, children }: Props) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : "";
  const errorId = error ? `${id}-error` : "";
  const name = required ? (
    <>
      {label}
      <span aria-hidden="true" className="text-danger">
        {" *"}
      </span>
    </>
  ) : (
    label
  );
  const describedBy = `${errorId} ${hintId}`.trim() || undefined;
  return (
    <div className={className}>
      {about ? (
        <div className="field-label">
          <label htmlFor={id}>{name}</label>
          {about}
        </div>
      ) : (
        <label htmlFor={id} className="field-label">
          {name}
        </label>
      )}
      {children({
        id,
        "aria-describedby": describedBy,
        "aria-invalid": error ? true : undefined,
        "aria-required": required || undefined,
      })}
      {error && (
        <p id={errorId} className="mt-1 flex items-start gap-1 text-danger text-sm">
          <Icon name="danger" size={14} className="mt-[3px]" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={hintId} className="mt-1 text-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
