import { useQueryStates } from "nuqs";
import { useSyncExternalStore } from "react";
import { type OperationParams, operationParams, operationQueryOf } from "../search-params";
import { privateText } from "./private-text";

/** The filters as the form has them; the text is in no URL. */
export type OperationFilterDraft = Pick<
  OperationParams,
  "kinds" | "states" | "actor" | "card" | "person" | "from" | "to"
> & {
  text: string;
};

/** The search: the URL, and the text this tab remembers. */
export function useOperationSearch() {
  const [params, setParams] = useQueryStates(operationParams, { history: "push" });
  const { q } = params;
  const hidden = useSyncExternalStore(
    privateText.subscribe,
    () => privateText.recall(q),
    () => privateText.unread(q),
  );
  const known = typeof hidden === "object";
  const text = known ? hidden.text : "";
  const { kinds, states, actor, card, person, from, to } = params;
  return {
    query: operationQueryOf(params, text),
    draft: { kinds, states, actor, card, person, from, to, text },
    /** "unread" and "unknown": the text is missing, so that `query` asks for too much and must not be sent. */
    state: known ? ("known" as const) : hidden,
    apply: ({ text: typed, ...filters }: OperationFilterDraft) =>
      setParams({ ...filters, q: privateText.remember({ text: typed.trim() }) || null, page: 1 }),
    turn: (page: Partial<Pick<OperationParams, "page" | "size">>) => setParams(page),
  };
}
