import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, useSyncExternalStore } from "react";
import { MAX_PASTED_TEXT } from "@/lib/find/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { pastedText } from "../pasted-text";
import { pasteQuery } from "../query-options";

/** The text in the box, the text that is looked up, from which line on, and what came of it. */
export function usePaste() {
  const client = useQueryClient();
  const asked = useSyncExternalStore(pastedText.subscribe, pastedText.read, pastedText.unread);
  const [seen, setSeen] = useState(asked);
  const [draft, setDraft] = useState(asked);
  const [from, setFrom] = useState(0);
  // The find box may bring another text to the open page.
  if (asked !== seen) {
    setSeen(asked);
    setDraft(asked);
    setFrom(0);
  }
  const fits = asked.length <= MAX_PASTED_TEXT;
  const enabled = asked.trim() !== "" && fits;
  const query = useQuery({ ...pasteQuery(asked, from), enabled });
  const data = enabled ? query.data : undefined;
  const cards = useMemo(() => new Map((data?.cards ?? []).map((card) => [card.id, card])), [data]);
  return {
    draft,
    setDraft,
    asked,
    from,
    setFrom,
    /** How long the text in the box is, if that is more than can be looked up. */
    tooLong: draft.length > MAX_PASTED_TEXT ? draft.length : null,
    data,
    cards,
    loading: enabled && query.isFetching,
    error: enabled && query.error && !query.isFetching ? publicErrorOf(query.error) : null,
    again: () => void query.refetch(),
    lookUp: () => {
      setFrom(0);
      if (draft === asked) void client.invalidateQueries({ queryKey: pasteQuery(asked, 0).queryKey });
      else pastedText.keep(draft);
    },
    clear: () => {
      setDraft("");
      pastedText.keep("");
    },
  };
}

export type Paste = ReturnType<typeof usePaste>;
