import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/ui/form/radio-group";
import { ROLES, type Role } from "@/lib/core/roles";

type Props = { value: Role; onChange: (role: Role) => void };

/** The three roles, each with its permissions. */
export function RoleChoice({ value, onChange }: Props) {
  const t = useTranslations("users");
  return (
    <RadioGroup
      name="role"
      legend={t("create.role")}
      value={value}
      onChange={onChange}
      options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`), hint: t(`role.${role}Hint`) }))}
    />
  );
}
