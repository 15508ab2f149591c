import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionCall } from "./actions/use-action";

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The consequence, on the button: "销毁 3 张卡". */
  verb: ReactNode;
  tone?: "danger" | "primary";
  /** The action that `onConfirm` runs: while it runs the dialog stays, its error is shown, closing forgets it. */
  call: Pick<ActionCall<unknown>, "pending" | "error" | "reset">;
  /** Does it; on success the caller closes. */
  onConfirm: () => void;
  /** Under the error: what can be done about it. */
  remedy?: ReactNode;
  /** What will happen, to what, and that it can't be undone. */
  children: ReactNode;
};

/** The one confirm dialog. Focus starts on cancel; it can't be closed while it runs. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  verb,
  tone = "danger",
  call,
  onConfirm,
  remedy,
  children,
}: Props) {
  const t = useTranslations("ui");
  const { pending, error, reset } = call;

  const close = () => {
    reset();
    onClose();
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
          <Button variant={tone} pending={pending} onClick={onConfirm}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <div>{children}</div>
        {error && <ErrorNotice error={error} />}
        {error && remedy}
      </div>
    </Dialog>
  );
}
