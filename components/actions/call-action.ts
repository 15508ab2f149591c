import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from "next/navigation";
import type { PublicError } from "@/lib/core/errors";
import type { Action } from "@/lib/web/action";
import { withFreshProof } from "@/lib/web/fresh-proof";
import { pageUser } from "@/lib/web/page-user";
import { noteSessionEnd } from "@/lib/web/session-end";

/**
 * What a call whose answer was lost may have done, and so what the user is told:
 * - "none": a read, a preview, or a request that may simply be repeated: there is no connection.
 * - "write": a change of our own records, which may have been saved: refresh to check.
 * - "operation": a call that spends money or makes keys, which may have run: look in the operations, don't repeat it.
 */
export type ActionEffect = "none" | "write" | "operation";

/** An action's result. `answered` is false when the server's answer was lost, and only then. */
export type CallResult<T> = { ok: true; data: T } | { ok: false; error: PublicError; answered: boolean };

const keyOfLostAnswer = {
  none: "no_connection",
  write: "no_answer_refresh",
  operation: "no_answer",
} as const satisfies Record<ActionEffect, string>;

/**
 * Calls a server action once, and again only if it did nothing for want of a fresh proof. A lost answer becomes an error;
 * this never throws.
 */
export async function callAction<T>(action: Action<T>, input: unknown, effect: ActionEffect): Promise<CallResult<T>> {
  try {
    const user = pageUser();
    // React sends an object that is in it twice as a reference, which the gate takes for no input of ours.
    const plain: unknown = JSON.parse(JSON.stringify(input));
    const call = () => (user === null ? action(plain) : action(plain, user));
    const result = await withFreshProof(call, (answer) => (answer.ok ? null : answer.error));
    return result.ok ? result : { ok: false, error: noteSessionEnd(result.error, "user"), answered: true };
  } catch (error) {
    // The page is of an earlier build: the server has no such action, so nothing was done.
    if (isUnrecognizedActionError(error))
      return { ok: false, error: { code: "conflict", key: "page_outdated" }, answered: true };
    return { ok: false, error: { code: "unavailable", key: keyOfLostAnswer[effect] }, answered: false };
  }
}
