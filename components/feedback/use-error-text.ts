import { useTranslations } from "next-intl";
import type { ErrorCode, ErrorParams } from "@/lib/core/errors";

type Spoken = { code: ErrorCode; key: string; params?: ErrorParams };

/**
 * Turns an error into a sentence in the user's language. `key` is a message under "errors", or under "upstream" (like
 * "upstream.timeout"); without a message the sentence of the code is used, so that a key is never shown.
 */
export function useErrorText(): { sentence: (error: Spoken) => string; field: (key: string) => string } {
  const t = useTranslations("errors");
  const upstream = useTranslations("upstream");
  const subject = useTranslations("shell.upstreams");
  type Key = Parameters<typeof t.has>[0];
  type UpstreamKey = Parameters<typeof upstream.has>[0];
  const speak = (key: string, fallback: ErrorCode, params?: ErrorParams): string => {
    const fault = key.replace(/^upstream\./, "") as UpstreamKey;
    if (key.startsWith("upstream.") && upstream.has(fault)) {
      return upstream(fault, { upstream: subject("subject", { upstream: params?.upstream ?? "other" }) });
    }
    return t.has(key as Key) ? t(key as Key, params as never) : t(fallback);
  };
  return {
    sentence: ({ code, key, params }) => speak(key, code, params),
    field: (key) => speak(key, "bad_input"),
  };
}
