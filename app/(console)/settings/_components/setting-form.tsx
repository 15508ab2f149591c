import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useInvalidFocus } from "@/components/feedback/use-invalid-focus";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Form } from "@/components/ui/form/form";
import type { PublicError } from "@/lib/core/errors";

type Props = {
  /** Left out where the page says it. */
  title?: string;
  explain: string;
  pending: boolean;
  error: PublicError | null;
  onSave: () => void;
  children: ReactNode;
};

/** One setting: explanation, fields, save. Field errors are shown at the fields, and the first has the focus. */
export function SettingForm({ title, explain, pending, error, onSave, children }: Props) {
  const t = useTranslations("settings");
  const form = useInvalidFocus(error);
  return (
    <Panel title={title}>
      <Form
        ref={form}
        className="grid gap-3"
        noValidate
        onSubmit={() => {
          if (!pending) onSave();
        }}
      >
        <p className="text-soft">{explain}</p>
        {children}
        {error && !error.fields && <ErrorNotice error={error} />}
        <div>
          <Button type="submit" variant="primary" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
