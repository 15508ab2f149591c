import Link from "next/link";
import { useTranslations } from "next-intl";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Progress } from "@/components/ui/progress";
import { formatInteger } from "@/lib/format/numbers";
import type { RunningBatch } from "@/lib/monitoring";

/** Batches in progress, with their keys generated, unknown and remaining. */
export function BatchesPanel({ batches, canWrite }: { batches: readonly RunningBatch[]; canWrite: boolean }) {
  const t = useTranslations("overview");
  return (
    <Panel
      title={t("batches")}
      actions={
        <>
          {canWrite && (
            <ButtonLink href="/keys/new" size="sm" icon="plus">
              {t("newBatch")}
            </ButtonLink>
          )}
          <ButtonLink href="/keys" variant="ghost" size="sm">
            {t("allBatches")}
          </ButtonLink>
        </>
      }
    >
      {batches.length === 0 && <p className="text-soft">{t("batchesEmpty")}</p>}
      <ul className="grid gap-3">
        {batches.map((batch) => (
          <Batch key={batch.id} batch={batch} />
        ))}
      </ul>
    </Panel>
  );
}

function Batch({ batch }: { batch: RunningBatch }) {
  const t = useTranslations("overview");
  const { id, keyType, note, state, made, unknown, wanted } = batch;
  const name = useKeyTypeName()(keyType);
  return (
    <li className="min-w-0">
      <p className="flex items-baseline gap-2">
        <Link href={`/keys/${id}`} className="min-w-0 truncate text-accent hover:underline">
          {note ? `${name} · ${note}` : name}
        </Link>
        {state === "paused" && <Badge tone="warning">{t("paused")}</Badge>}
        <span className="ms-auto whitespace-nowrap text-soft text-sm">
          {t("progress", { made: formatInteger(made), wanted: formatInteger(wanted) })}
        </span>
      </p>
      <Progress
        className="mt-1"
        label={name}
        total={wanted}
        segments={[
          { value: made, tone: "done", label: t("made") },
          { value: unknown, tone: "unknown", label: t("unknownKeys") },
        ]}
      />
    </li>
  );
}
