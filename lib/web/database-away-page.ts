import "server-only";
import en from "@/messages/en/ui.json";
import zhCN from "@/messages/zh-CN/ui.json";
import type { Locale } from "./preferences/locale";
import type { Theme } from "./preferences/theme";
import { reloadingPage } from "./reloading-page";
import { RETRY_AFTER_SECONDS } from "./retry-after";

type Wanted = {
  locale: Locale;
  theme: Theme;
  /** The request's policy: its nonce lets the page's one script run. */
  policy: string | null;
};

/** Says with 503 that the database is away, and reloads when it is back. */
export function databaseAwayPage({ locale, theme, policy }: Wanted): Response {
  const [, nonce = ""] = /'nonce-([\w+/=-]+)'/.exec(policy ?? "") ?? [];
  const { databaseAway: title, databaseAwayHint: hint } = locale === "en" ? en : zhCN;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "retry-after": RETRY_AFTER_SECONDS,
  };
  return new Response(reloadingPage({ locale, theme, title, hint, nonce }), { status: 503, headers });
}
