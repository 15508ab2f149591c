import type { AuthenticationResponseJSON } from "@simplewebauthn/browser";
import type { PublicError } from "@/lib/core/errors";
import type { PasskeyRequest } from "@/lib/users";
import { publicErrorOf } from "@/lib/web/post-json";

type Answer = { ok: true; answer: AuthenticationResponseJSON } | { ok: false; error: PublicError };

/** Ask the server for a challenge and the device to sign it. Its code is loaded on the first use. */
export async function answerPasskey(ask: () => Promise<PasskeyRequest>): Promise<Answer> {
  let optionsJSON: PasskeyRequest;
  try {
    optionsJSON = await ask();
  } catch (thrown) {
    return { ok: false, error: publicErrorOf(thrown) };
  }
  try {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return { ok: true, answer: await startAuthentication({ optionsJSON }) };
  } catch {
    // Cancelled, timed out, or a browser without passkeys: nothing was sent, and the reason is not told apart.
    return { ok: false, error: { code: "bad_input", key: "passkey_cancelled" } };
  }
}
