import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardTypeBadge } from "@/app/(console)/_components/card/card-type-badge";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import { CardLink } from "@/app/(console)/operations/_components/card-link";
import { StateBadge } from "@/app/(console)/operations/_components/state-badge";
import { DescriptionList } from "@/components/ui/description-list";
import { Amount } from "@/components/ui/value/amount";
import { DateTime } from "@/components/ui/value/date-time";
import type { ApprovalDetail, ApprovalOperation, ApprovalSide } from "@/lib/approvals";

/** Each operation before → after, as its preview read it, with its state once it has begun. */
export function OperationsContent({ operations }: { operations: readonly ApprovalOperation[] }) {
  const t = useTranslations("approvals.detail");
  const [first] = operations;
  return (
    <>
      <ul className="grid gap-2">
        {operations.map((operation) => (
          <li key={operation.id} className="rounded-md border border-line p-3">
            <Operation operation={operation} />
          </li>
        ))}
      </ul>
      {first && (
        <p className="mt-2 text-faint text-sm">
          {t.rich("asRead", { time: () => <DateTime value={first.previewedAt} /> })}
        </p>
      )}
    </>
  );
}

function Operation({ operation }: { operation: ApprovalOperation }) {
  const t = useTranslations("approvals.detail");
  const { id, kind, state, source, target, reverses, merges, mergeOf } = operation;
  const isDestroy = kind === "destroy";
  return (
    <div className="grid gap-2">
      {state !== "draft" && (
        <Link href={`/operations/${id}`} className="justify-self-start">
          <StateBadge state={state} />
        </Link>
      )}
      {reverses && <Part text={t("reversal")} first={reverses} />}
      {mergeOf && <Part text={t("mergeEnd")} first={mergeOf} />}
      {merges && <p className="text-soft">{t("merging")}</p>}
      <div className="grid gap-3 sm:grid-cols-2">
        {source && (
          <Side
            label={t(isDestroy ? "card" : "source")}
            side={source}
            after={isDestroy ? t("destroyed") : <Amount value={source.after} className="font-semibold text-lg" />}
          />
        )}
        {target && (
          <Side
            label={t("target")}
            side={target}
            after={<Amount value={target.after} className="font-semibold text-lg" />}
          />
        )}
      </div>
    </div>
  );
}

/** What it belongs to, with a link to the transfer before it. */
function Part({ text, first }: { text: string; first: string }) {
  const t = useTranslations("approvals.detail");
  return (
    <p className="text-soft">
      {text}{" "}
      <Link href={`/operations/${first}`} prefetch={false} className="text-accent hover:underline">
        {t("firstTransfer")}
      </Link>
    </p>
  );
}

function Side({ label, side: { card }, after }: { label: string; side: ApprovalSide; after: ReactNode }) {
  const t = useTranslations("approvals.detail");
  return (
    <section className="min-w-0">
      <h3 className="flex items-center gap-2 text-faint text-sm">
        {label} <CardTypeBadge type={card.type} />
      </h3>
      <CardLink card={card} />
      <dl className="mt-1 grid grid-cols-2 gap-2">
        <div>
          <dt className="text-faint text-sm">{t("before")}</dt>
          <dd>
            <Amount value={card.balance} className="text-lg" />
          </dd>
        </div>
        <div>
          <dt className="text-faint text-sm">{t("after")}</dt>
          <dd>{after}</dd>
        </div>
      </dl>
    </section>
  );
}

type BatchProps = { batch: NonNullable<ApprovalDetail["batch"]>; created: boolean };

/** The batch as it would be; a link to it once it exists. */
export function BatchContent({ batch, created }: BatchProps) {
  const t = useTranslations("approvals.detail");
  const typeName = useKeyTypeName();
  return (
    <>
      <DescriptionList
        items={[
          { label: t("batchType"), value: typeName(batch.keyType) },
          { label: t("batchCount"), value: <Amount value={batch.wanted} /> },
          { label: t("batchNote"), value: batch.note ? <bdi>{batch.note}</bdi> : "—" },
        ]}
      />
      {created && (
        <Link href={`/keys/${batch.batchId}`} className="mt-2 inline-block text-accent hover:underline">
          {t("openBatch")}
        </Link>
      )}
    </>
  );
}
