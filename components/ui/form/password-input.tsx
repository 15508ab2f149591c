import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { IconButton } from "../button/icon-button";
import { Input } from "./input";

/** A password field with a button to show it. Needs the "auth" messages. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, "type">) {
  const t = useTranslations("auth");
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input {...props} type={shown ? "text" : "password"} autoCapitalize="none" spellCheck={false} className="pe-9" />
      <span className="absolute inset-y-0 end-0.5 flex items-center">
        <IconButton
          icon={shown ? "eye-off" : "eye"}
          label={shown ? t("hidePassword") : t("showPassword")}
          size="sm"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </span>
    </span>
  );
}
