import { useQueryClient } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { incidentQuery } from "@/app/(console)/_components/status-queries";
import { useAction } from "@/components/actions/use-action";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useErrorText } from "@/components/feedback/use-error-text";
import { useRefresh } from "@/components/navigation/use-refresh";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Textarea } from "@/components/ui/form/textarea";
import { formatDateTime } from "@/lib/format/dates";
import type { IncidentView } from "@/lib/settings";
import { pauseWritesAction, resumeWritesAction } from "../actions";

/** Pauses and resumes all writes. */
export function IncidentPanel({ initial }: { initial: IncidentView }) {
  const t = useTranslations("settings.incident");
  const zone = useTimeZone();
  const [open, setOpen] = useState(false);
  const { paused } = initial;
  return (
    <Panel
      title={t("title")}
      actions={
        <Button
          variant={paused ? "primary" : "danger"}
          size="sm"
          icon={paused ? "play" : "pause"}
          onClick={() => setOpen(true)}
        >
          {t(paused ? "resume" : "pause")}
        </Button>
      }
    >
      <p className="mb-2">
        {paused ? (
          <>
            <Badge tone="warning">{t("paused")}</Badge>{" "}
            {t("pausedBy", {
              by: paused.byName,
              since: formatDateTime(new Date(paused.since), zone),
              reason: paused.reason,
            })}
          </>
        ) : (
          <Badge tone="done">{t("running")}</Badge>
        )}
      </p>
      <p className="text-soft">{t("explain")}</p>
      <IncidentDialog open={open} paused={paused !== null} onClose={() => setOpen(false)} />
    </Panel>
  );
}

function IncidentDialog({ open, paused, onClose }: { open: boolean; paused: boolean; onClose: () => void }) {
  const t = useTranslations("settings.incident");
  const { field } = useErrorText();
  const refresh = useRefresh();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const call = useAction(paused ? resumeWritesAction : pauseWritesAction, { effect: "write" });
  const wrong = call.error?.fields?.reason;

  const close = () => {
    setReason("");
    onClose();
  };

  const confirm = async () => {
    const result = await call.run({ reason });
    if (!result.ok) return;
    client.setQueryData(incidentQuery.queryKey, (known?: IncidentView) => known && { ...known, ...result.data });
    refresh();
    close();
  };

  return (
    <ConfirmDialog
      open={open}
      onClose={close}
      title={t(paused ? "resumeTitle" : "pauseTitle")}
      verb={t(paused ? "resume" : "pause")}
      tone={paused ? "primary" : "danger"}
      call={wrong ? { ...call, error: null } : call}
      onConfirm={confirm}
    >
      <p className="mb-3">{t(paused ? "resumeEffect" : "pauseEffect")}</p>
      <Field label={t("reason")} hint={t("reasonHint")} required error={wrong && field(wrong)}>
        {(control) => (
          <Textarea {...control} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}
