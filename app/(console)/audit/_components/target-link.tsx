import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ListedAudit } from "@/lib/audit";
import { findMessage } from "@/lib/web/i18n/find-message";

const homes: Record<string, string> = {
  operation: "/operations",
  card: "/cards",
  customer: "/customers",
  batch: "/keys",
  approval: "/approvals",
};

type Row = Pick<ListedAudit, "targetKind" | "targetId" | "detail" | "operation">;

/** The target: its kind, its name or id, and a link where it has a page. */
export function TargetLink({ row }: { row: Row }) {
  const t = useTranslations("audit");
  const { targetKind: kind, targetId: id, detail } = row;
  const words = useOperationWords(row.operation);
  const name = typeof detail.username === "string" ? detail.username : (words ?? shorten(id));
  if (!kind) return <span className="text-faint">—</span>;
  const label = findMessage(t, `target.${kind}`) ?? kind;
  const home = homes[kind];
  return (
    <span className="[overflow-wrap:anywhere]">
      {words ? null : `${label} `}
      {home && id ? (
        <Link href={`${home}/${encodeURIComponent(id)}`} className="text-accent hover:underline" title={id}>
          {name}
        </Link>
      ) : (
        name && <bdi title={id ?? undefined}>{name}</bdi>
      )}
    </span>
  );
}

/** Ids are cut to their first eight characters; names of endpoints and settings stay whole. */
const shorten = (id: string | null): string => (id && /^[0-9a-f-]{32,36}$/i.test(id) ? id.slice(0, 8) : (id ?? ""));

/** "转让 100 次 卢梓涛 → 梁阳英". Undefined: it is no operation on cards. */
function useOperationWords(operation: ListedAudit["operation"]): ReactNode {
  const t = useTranslations("audit.what");
  if (!operation || operation.kind === "generate") return undefined;
  const { kind, amount, source, target } = operation;
  const name = (text: string | null) => () => <bdi>{text ?? "—"}</bdi>;
  return t.rich(kind, { amount: amount ?? 0, source: name(source), target: name(target) });
}
