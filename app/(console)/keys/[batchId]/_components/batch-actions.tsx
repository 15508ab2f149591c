import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import type { BatchDetail } from "@/lib/keys";
import type { ActionResult } from "@/lib/web/action";
import { cancel, pause, resume } from "../../actions";

type Props = { batch: BatchDetail; onChanged: () => Promise<unknown> };

/** Pause, resume and cancel, as the batch's state allows. */
export function BatchActions({ batch, onChanged }: Props) {
  const t = useTranslations("keys");
  const { sentence } = useErrorText();
  const [pending, setPending] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const input = { batchId: batch.id };

  const run = async (action: (input: unknown) => Promise<ActionResult<null>>) => {
    setPending(true);
    try {
      const result = await action(input);
      if (!result.ok) void showToast("danger", sentence(result.error));
      await onChanged();
    } catch {
      void showToast("danger", sentence({ code: "unavailable", key: "no_answer_refresh" }));
    } finally {
      setPending(false);
    }
  };

  if (batch.state !== "generating" && batch.state !== "paused") return null;
  return (
    <>
      {batch.state === "generating" ? (
        <Button icon="pause" pending={pending} onClick={() => run(pause)}>
          {t("pause")}
        </Button>
      ) : (
        <Button icon="play" variant="primary" pending={pending} onClick={() => run(resume)}>
          {t("resume")}
        </Button>
      )}
      <Button icon="close" onClick={() => setCancelling(true)}>
        {t("cancel")}
      </Button>
      <ConfirmDialog
        open={cancelling}
        onClose={() => setCancelling(false)}
        title={t("cancelConfirm.title")}
        verb={t("cancelConfirm.verb", { count: batch.remaining })}
        onConfirm={async () => {
          const result = await cancel(input);
          await onChanged();
          if (!result.ok) return result.error;
          setCancelling(false);
          return null;
        }}
      >
        {t("cancelConfirm.body", { made: batch.recorded })}
      </ConfirmDialog>
    </>
  );
}
