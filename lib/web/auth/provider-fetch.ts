import "server-only";
import { baseUrlProblem, env } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";

/** The whole answer, from the first byte sent. */
const DEADLINE_MS = 10_000;
const MOST_BYTES = 1024 * 1024;
/** Everybody may begin to sign in; the provider is asked where its endpoints are no more often than this. */
const KEPT_MS = 300_000;
const MOST_UNDER_WAY = 16;
const DISCOVERY = "/.well-known/openid-configuration";

/** The provider of single sign-on does not answer, or not as one. */
export class ProviderAway extends Error {
  override name = "ProviderAway";
}

type Kept = { url: string; until: number; answer: Answer };
type Answer = { status: number; type: string; body: Uint8Array<ArrayBuffer> };

const kept = sharedSlot<Kept>("provider-discovery");
const underWay = sharedSlot<number>("provider-calls");

/**
 * What next-auth calls the provider with: only addresses that may be a base URL, bounded in time, bytes and number, and
 * never redirected. Discovery is kept for five minutes. Throws {@link ProviderAway}.
 */
export async function providerFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input).href;
  const problem = baseUrlProblem(url, env().ALLOW_INSECURE_LOOPBACK_UPSTREAMS);
  if (problem) throw new ProviderAway(`an address of the provider ${problem}`);
  const isDiscovery = new URL(url).pathname.endsWith(DISCOVERY);
  if (isDiscovery && kept.value?.url === url && kept.value.until > Date.now()) return responseOf(kept.value.answer);
  const calls = underWay.value ?? 0;
  if (calls >= MOST_UNDER_WAY) throw new ProviderAway("too many calls are under way");
  underWay.value = calls + 1;
  try {
    const answer = await call(url, init);
    if (answer.status >= 500) throw new ProviderAway(`the provider answered ${answer.status}`);
    if (isDiscovery && answer.status === 200) kept.value = { url, until: Date.now() + KEPT_MS, answer };
    return responseOf(answer);
  } finally {
    underWay.value = (underWay.value ?? 1) - 1;
  }
}

async function call(url: string, init: RequestInit): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const response = await fetch(url, { ...init, signal, redirect: "manual", cache: "no-store" });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body ?? []) {
      bytes += part.byteLength;
      if (bytes > MOST_BYTES) throw new ProviderAway("the provider's answer is too large");
      parts.push(part);
    }
    const type = response.headers.get("content-type") ?? "";
    return { status: response.status, type, body: new Uint8Array(Buffer.concat(parts)) };
  } catch (error) {
    throw error instanceof ProviderAway ? error : new ProviderAway("the provider does not answer", { cause: error });
  }
}

function responseOf({ status, type, body }: Answer): Response {
  // A status that has no body (204, 304) may be given none.
  return new Response(body.length ? body : null, { status, headers: { "content-type": type } });
}
