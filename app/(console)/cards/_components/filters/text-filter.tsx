import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import type { FilterFields } from "./filter-draft";

type Props = Omit<ComponentProps<typeof Input>, "about" | "name" | "value" | "onChange"> &
  FilterFields & { name: "phone" | "code" | "name" | "id" | "user" | "tag"; about?: ReactNode };

/** A filter typed as text. No `maxLength`: it would cut what is pasted in silence. */
export function TextFilter({ name, about, draft, errors, onChange, ...rest }: Props) {
  const t = useTranslations("cards.filter");
  const { field } = useErrorText();
  const error = errors[name];
  return (
    <Field label={t(name)} about={about} error={error && field(error)}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          placeholder={t(`${name}Placeholder`)}
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
          {...rest}
        />
      )}
    </Field>
  );
}
