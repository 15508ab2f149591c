import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { PublicError } from "@/lib/core/errors";
import type { ConfirmedRow, DestroyPreview } from "@/lib/operations";
import { confirmDestroyAction, previewDestroyAction } from "../actions";

/** Cards sent in one request; their answers come back together. */
const CHUNK = 10;

export type DestroyPhase = "asking" | "running" | "ended";

type Options = { cardIds: readonly string[]; retryOf: string | undefined; onChanged: (() => void) | undefined };

/** Previews the cards at once; `confirm` sends them chunk by chunk. `results` are by operation id, as they come in. */
export function useDestroy({ cardIds, retryOf, onChanged }: Options) {
  const client = useQueryClient();
  const [preview, setPreview] = useState<DestroyPreview | null>(null);
  const [error, setError] = useState<PublicError | null>(null);
  const [results, setResults] = useState<ReadonlyMap<string, ConfirmedRow>>(new Map());
  const [phase, setPhase] = useState<DestroyPhase>("asking");

  useEffect(() => {
    let current = true;
    previewDestroyAction({ cardIds, ...(retryOf && { retryOf }) })
      .catch(() => null)
      .then((result) => {
        if (!current) return;
        if (result?.ok) setPreview(result.data);
        else setError(result?.error ?? { code: "unavailable", key: "no_connection" });
      });
    return () => {
      current = false;
    };
  }, [cardIds, retryOf]);

  const drafts = preview?.rows.flatMap((row) => (row.draft ? [row.draft.operationId] : [])) ?? [];

  const confirm = async () => {
    setPhase("running");
    for (let i = 0; i < drafts.length; i += CHUNK) {
      const result = await confirmDestroyAction({ operationIds: drafts.slice(i, i + CHUNK) }).catch(() => null);
      if (!result?.ok) {
        // The journal has what was sent; after a lost answer nothing more is sent.
        setError(result?.error ?? { code: "unavailable", key: "no_answer" });
        break;
      }
      const rows = result.data;
      setResults((before) => new Map([...before, ...rows.map((row) => [row.operationId, row] as const)]));
    }
    setPhase("ended");
    await client.invalidateQueries({ queryKey: ["operations"] });
    onChanged?.();
  };

  return { preview, error, results, phase, ready: drafts.length, confirm };
}
