import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditRow } from "@/lib/audit";
import { findMessage } from "@/lib/web/i18n/find-message";

const homes: Record<string, string> = {
  operation: "/operations",
  card: "/cards",
  customer: "/customers",
  batch: "/keys",
  approval: "/approvals",
};

/** The target: its kind, its name or id, and a link where it has a page. */
export function TargetLink({ row }: { row: Pick<AuditRow, "targetKind" | "targetId" | "detail"> }) {
  const t = useTranslations("audit");
  const { targetKind: kind, targetId: id, detail } = row;
  if (!kind) return <span className="text-faint">—</span>;
  const label = findMessage(t, `target.${kind}`) ?? kind;
  const name = typeof detail.username === "string" ? detail.username : shorten(id);
  const home = homes[kind];
  return (
    <span className="[overflow-wrap:anywhere]">
      {label}{" "}
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
