import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import type { ConfirmedRow, DestroyPreview } from "@/lib/operations";
import type { OperationWords } from "../_components/words-fields";
import { confirmDestroyAction, describeDraftsAction, previewDestroyAction } from "../actions";

/** Cards sent in one request; their answers come back together. */
const CHUNK = 10;

export type DestroyPhase = "asking" | "running" | "ended";

type Options = {
  cardIds: readonly string[];
  retryOf: string | undefined;
  mergeOf: string | undefined;
  onChanged: (() => void) | undefined;
};

/** Previews the cards at once; `confirm` sends them chunk by chunk. `results` are by operation id, as they come in. */
export function useDestroy({ cardIds, retryOf, mergeOf, onChanged }: Options) {
  const client = useQueryClient();
  const [preview, setPreview] = useState<DestroyPreview | null>(null);
  const { run: runPreview, error: previewError } = useAction(previewDestroyAction, { effect: "none" });
  const describing = useAction(describeDraftsAction, { effect: "none" });
  const confirming = useAction(confirmDestroyAction, { effect: "operation" });
  const [results, setResults] = useState<ReadonlyMap<string, ConfirmedRow>>(new Map());
  const [phase, setPhase] = useState<DestroyPhase>("asking");

  useEffect(() => {
    let current = true;
    void runPreview({ cardIds, ...(retryOf && { retryOf }), ...(mergeOf && { mergeOf }) }).then((result) => {
      if (current && result.ok) setPreview(result.data);
    });
    return () => {
      current = false;
    };
  }, [cardIds, retryOf, mergeOf, runPreview]);

  const drafts = preview?.rows.flatMap((row) => (row.draft ? [row.draft.operationId] : [])) ?? [];

  /** `typed`: the phrase, where one was asked for. */
  const confirm = async (words: OperationWords, typed: string) => {
    setPhase("running");
    if (words.note.trim() || words.reference.trim()) {
      const described = await describing.run({ operationIds: drafts, ...words });
      if (!described.ok) {
        setPhase("asking");
        return;
      }
    }
    for (let i = 0; i < drafts.length; i += CHUNK) {
      const operationIds = drafts.slice(i, i + CHUNK);
      const result = await confirming.run({ operationIds, ...(typed && { typed }) });
      // Nothing was done at all: everything stays as it was, to be confirmed again.
      if (i === 0 && !result.ok && (result.error.code === "proof_required" || result.error.code === "bad_input")) {
        setPhase("asking");
        return;
      }
      // The journal has what was sent; after a refusal or a lost answer nothing more is sent.
      if (!result.ok) break;
      const rows = result.data;
      setResults((before) => new Map([...before, ...rows.map((row) => [row.operationId, row] as const)]));
    }
    setPhase("ended");
    await client.invalidateQueries({ queryKey: queryKeys.operations });
    onChanged?.();
  };

  return {
    preview,
    error: previewError ?? describing.error ?? confirming.error,
    results,
    phase,
    ready: drafts.length,
    confirm,
  };
}
