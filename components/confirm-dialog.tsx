import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import type { PublicError } from "@/lib/core/errors";
import { Dialog } from "./ui/dialog";

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The consequence, on the button: "销毁 3 张卡". */
  verb: ReactNode;
  tone?: "danger" | "primary";
  /** Do it. An error keeps the dialog open and is shown; null means done (closing is the caller's). */
  onConfirm: () => Promise<PublicError | null>;
  /** To be typed before the button works; only for what is large. */
  phrase?: string;
  /** What will happen, to what, and that it can't be undone. */
  children: ReactNode;
};

/** The one confirm dialog. Focus starts on cancel; while it runs nothing closes it. */
export function ConfirmDialog({ open, onClose, title, verb, tone = "danger", onConfirm, phrase, children }: Props) {
  const t = useTranslations("ui");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const [typed, setTyped] = useState("");
  const missing = phrase !== undefined && typed.trim() !== phrase;

  const close = () => {
    setError(null);
    setTyped("");
    onClose();
  };

  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      setError(await onConfirm());
    } catch {
      // The answer was lost, not necessarily the call: never worded as "failed".
      setError({ code: "unavailable", key: "no_answer" });
    } finally {
      setPending(false);
      setTyped("");
    }
  };

  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={close} data-autofocus disabledReason={pending ? t("wait") : undefined}>
            {t("cancel")}
          </Button>
          <Button
            variant={tone}
            pending={pending}
            disabledReason={missing && !pending ? t("typeFirst", { phrase }) : undefined}
            onClick={confirm}
          >
            {verb}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <div>{children}</div>
        {phrase !== undefined && (
          <Field label={t("typePhrase", { phrase })}>
            {(control) => (
              <Input
                {...control}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
