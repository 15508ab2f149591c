import type { ErrorParams, PublicError } from "@/lib/core/errors";

/** What the refusal says of the proof that is wanted. */
export type WantedProof = ErrorParams | undefined;
/** Asks the user to prove who they are; true when they did, false when they would rather not. */
type Asker = (wanted: WantedProof) => Promise<boolean>;

let asker: Asker | null = null;
let asking: Promise<boolean> | null = null;

/** What asks on this page. Returns how to take it away. */
export function onProofRequired(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/**
 * Call; when the server wants a fresh proof of who the user is, ask for it in place and call once more. A call that was
 * refused for want of a proof did nothing, so that even one that spends money may be made again.
 */
export async function withFreshProof<R>(
  call: () => Promise<R>,
  errorOf: (result: R) => PublicError | null,
): Promise<R> {
  const result = await call();
  const refusal = errorOf(result);
  if (refusal?.code !== "proof_required" || !asker) return result;
  // Two calls refused at the same time wait for one answer.
  asking ??= asker(refusal.params).finally(() => {
    asking = null;
  });
  return (await asking) ? call() : result;
}
