import clsx from "clsx";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";

type Props = Omit<ComponentProps<"input">, "type" | "ref"> & {
  /** Some but not all are checked. */
  mixed?: boolean;
  /** The visible label; without it give aria-label. */
  children?: ReactNode;
};

export function Checkbox({ mixed = false, children, className, ...rest }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = mixed;
  }, [mixed]);
  const box = (
    <input
      id={id}
      {...rest}
      ref={input}
      type="checkbox"
      className={clsx("size-4 shrink-0 accent-accent disabled:opacity-50", className)}
    />
  );
  if (!children) return box;
  return (
    <label htmlFor={rest.id ?? id} className="inline-flex min-h-6 items-center gap-2">
      {box}
      <span>{children}</span>
    </label>
  );
}
