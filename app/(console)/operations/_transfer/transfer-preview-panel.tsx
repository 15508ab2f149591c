import Link from "next/link";
import { useTranslations } from "next-intl";
import { CardProblems } from "@/app/(console)/_components/card/card-problems";
import { CardTypeBadge } from "@/app/(console)/_components/card/card-type-badge";
import { ApprovalOffer } from "@/app/(console)/_request-approval/approval-offer";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Callout } from "@/components/ui/callout";
import { Amount } from "@/components/ui/value/amount";
import type { PublicError } from "@/lib/core/errors";
import type { Side, TransferPreview } from "@/lib/operations";
import type { OperationWords } from "../_components/words-fields";

type Props = { preview: TransferPreview; words: OperationWords; error: PublicError | null; pending: boolean };

/** Both sides before → after, with users and types; or why the transfer can't be done. */
export function TransferPreviewPanel({ preview, words, error, pending }: Props) {
  const t = useTranslations("transfer");
  const { source, target, problems, lockOwners, draft } = preview;
  const possible = problems.length === 0;
  return (
    <div className="grid gap-3 pb-3">
      <div className="grid gap-2 sm:grid-cols-2">
        <SideCard label={t("from")} side={source} possible={possible} />
        <SideCard label={t("to")} side={target} possible={possible} />
      </div>
      {!possible && (
        <Callout tone="warning" title={t("problems")}>
          <CardProblems problems={problems} />
        </Callout>
      )}
      {lockOwners[0] && (
        <Callout tone="warning" title={t("blockedBy", { actor: lockOwners[0].actorName })}>
          <Link href={`/operations/${lockOwners[0].operationId}`} className="text-accent underline">
            {t("openOperation")}
          </Link>
        </Callout>
      )}
      {draft && !error && (
        <p className="text-soft text-sm" role="status">
          {t(pending ? "sending" : "irreversible")}
        </p>
      )}
      {error && (
        <>
          <ErrorNotice error={error} />
          {typeof error.params?.operationId === "string" && error.params.operationId && (
            <Link href={`/operations/${error.params.operationId}`} className="text-accent underline">
              {t("openOperation")}
            </Link>
          )}
          {draft && (
            <ApprovalOffer
              error={error}
              subject={{ kind: "operation", operationIds: [draft.operationId] }}
              reason={words.note}
              reference={words.reference}
            />
          )}
        </>
      )}
    </div>
  );
}

/** What can't be done has no "after". */
function SideCard({ label, side, possible }: { label: string; side: Side; possible: boolean }) {
  const t = useTranslations("transfer");
  const { card, after } = side;
  return (
    <section className="rounded-md border border-line p-3">
      <h3 className="flex items-center gap-2 text-faint text-sm">
        {label} <CardTypeBadge type={card.type} />
      </h3>
      <p className="truncate font-medium">
        <bdi>{card.userName ?? "—"}</bdi>
      </p>
      <p className="text-soft text-sm">
        {card.maskedPhone ?? "—"} · <span className="font-mono">{card.maskedCode}</span>
      </p>
      <dl className="mt-2 flex flex-wrap gap-2">
        {/* Side by side as long as both fit: a number is never cut. */}
        <div className="min-w-max flex-1">
          <dt className="text-faint text-sm">{t("before")}</dt>
          <dd>
            <Amount value={card.balance} className="text-lg" />
          </dd>
        </div>
        <div className="min-w-max flex-1">
          <dt className="text-faint text-sm">{t("after")}</dt>
          <dd>
            <Amount value={possible ? after : null} className="font-semibold text-xl" />
          </dd>
        </div>
      </dl>
    </section>
  );
}
