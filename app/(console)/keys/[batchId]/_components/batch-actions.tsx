import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { useAction } from "@/components/actions/use-action";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import type { BatchDetail } from "@/lib/keys";
import { cancel, pause, resume } from "../../actions";
import { batchQuery } from "../../query-options";

/** Pause, resume and cancel, as the batch's state allows. */
export function BatchActions({ batch }: { batch: BatchDetail }) {
  const t = useTranslations("keys");
  const { sentence } = useErrorText();
  const writeBlock = useWriteBlock("potato");
  const [cancelling, setCancelling] = useState(false);
  const options = { effect: "write", invalidates: [batchQuery(batch.id).queryKey] } as const;
  const pausing = useAction(batch.state === "generating" ? pause : resume, options);
  const cancellation = useAction(cancel, options);

  const pauseOrResume = async () => {
    const result = await pausing.run({ batchId: batch.id });
    if (!result.ok) void showToast("danger", sentence(result.error));
  };
  const confirmCancel = async () => {
    const result = await cancellation.run({ batchId: batch.id });
    if (result.ok) setCancelling(false);
  };

  if (batch.state !== "generating" && batch.state !== "paused") return null;
  return (
    <>
      {batch.state === "generating" ? (
        <Button icon="pause" pending={pausing.pending} onClick={pauseOrResume}>
          {t("pause")}
        </Button>
      ) : (
        <Button
          icon="play"
          variant="primary"
          pending={pausing.pending}
          disabledReason={writeBlock}
          onClick={pauseOrResume}
        >
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
        call={cancellation}
        onConfirm={confirmCancel}
      >
        {t("cancelConfirm.body", { made: batch.recorded })}
      </ConfirmDialog>
    </>
  );
}
