import { markAccess } from "@/lib/web/auth/endpoint-access";
import { messagesOf } from "@/lib/web/i18n/messages";
import { readPreferences } from "@/lib/web/preferences/read-preferences";
import { reloadingPage } from "@/lib/web/reloading-page";

export const dynamic = "force-dynamic";

/**
 * The page that `public/unreachable-worker.js` keeps, and shows when the console itself can't be reached. As text: here it
 * is no page, and its script may not run.
 */
export const GET = markAccess(
  async (): Promise<Response> => {
    const { locale, theme } = await readPreferences();
    const { unreachable: title, unreachableHint: hint } = messagesOf(locale).ui;
    const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
    return new Response(reloadingPage({ locale, theme, title, hint, nonce: "" }), { headers });
  },
  { name: "unreachable.page", role: "public" },
);
