import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import type { PublicError } from "@/lib/core/errors";

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The consequence, on the button: "销毁 3 张卡". */
  verb: ReactNode;
  tone?: "danger" | "primary";
  /** Does it. An error is shown and keeps the dialog open; null means done, and the caller closes. */
  onConfirm: () => Promise<PublicError | null>;
  /** What will happen, to what, and that it can't be undone. */
  children: ReactNode;
};

/** The one confirm dialog. Focus starts on cancel; it can't be closed while it runs. */
export function ConfirmDialog({ open, onClose, title, verb, tone = "danger", onConfirm, children }: Props) {
  const t = useTranslations("ui");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);

  const close = () => {
    setError(null);
    onClose();
  };

  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      setError(await onConfirm());
    } catch {
      // The answer was lost, the call may have worked: never say "failed".
      setError({ code: "unavailable", key: "no_answer" });
    } finally {
      setPending(false);
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
          <Button variant={tone} pending={pending} onClick={confirm}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <div>{children}</div>
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
