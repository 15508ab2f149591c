import { useTranslations } from "next-intl";
import type { ErrorCode, ErrorParams } from "@/lib/core/errors";
import { findMessage } from "@/lib/web/i18n/find-message";

type Spoken = { code: ErrorCode; key: string; params?: ErrorParams };

/**
 * Turns an error into a sentence in the user's language. `key` is a message under "errors", or under "upstream" (like
 * "upstream.timeout"); without a message the sentence of the code is used, so that a key is never shown.
 */
export function useErrorText(): { sentence: (error: Spoken) => string; field: (key: string) => string } {
  const t = useTranslations("errors");
  const upstream = useTranslations("upstream");
  const subject = useTranslations("shell.upstreams");
  const speak = (key: string, fallback: ErrorCode, params?: ErrorParams): string => {
    if (key.startsWith("upstream.")) {
      const name = subject("subject", { upstream: params?.upstream ?? "other" });
      const sentence = findMessage(upstream, key.slice("upstream.".length), { upstream: name });
      if (sentence) return sentence;
    }
    return findMessage(t, key, params) ?? t(fallback);
  };
  return {
    sentence: ({ code, key, params }) => speak(key, code, params),
    field: (key) => speak(key, "bad_input"),
  };
}
