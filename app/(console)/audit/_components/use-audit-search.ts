import { useQueryStates } from "nuqs";
import { useSyncExternalStore } from "react";
import { type AuditParams, auditFilterOf, auditParams, auditQueryOf } from "../search-params";
import { recallCard, rememberCard, subscribeToCard, unreadCard } from "./private-card";

/** The filters as the form has them; the card is in no URL. */
export type AuditFilterDraft = Pick<AuditParams, "actor" | "action" | "target" | "ip" | "outcome" | "from" | "to"> & {
  card: string;
};

/** The search: the URL, and the card this tab remembers. */
export function useAuditSearch() {
  const [params, setParams] = useQueryStates(auditParams, { history: "push" });
  const { q } = params;
  const hidden = useSyncExternalStore(
    subscribeToCard,
    () => recallCard(q),
    () => unreadCard(q),
  );
  const known = typeof hidden === "object";
  const card = known ? hidden.card : "";
  const { actor, action, target, ip, outcome, from, to } = params;
  return {
    query: auditQueryOf(params, card),
    filter: auditFilterOf(params, card),
    draft: { actor, action, target, ip, outcome, from, to, card },
    /** "unread" and "unknown": the card is missing, so that `query` asks for too much and must not be sent. */
    state: known ? ("known" as const) : hidden,
    apply: ({ card: text, ...filters }: AuditFilterDraft) =>
      setParams({ ...filters, q: rememberCard(text) || null, page: 1 }),
    setPage: (page: number) => setParams({ page }),
    setSize: (size: number) => setParams({ size: auditParams.size.parse(String(size)), page: 1 }),
  };
}
