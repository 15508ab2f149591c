import { markAccess } from "@/lib/web/auth/endpoint-access";
import { commonMessages } from "@/lib/web/i18n/common-messages";
import { isLocale } from "@/lib/web/preferences/locale";
import { readPreferences } from "@/lib/web/preferences/read-preferences";

/**
 * The words of every signed-in page in one language, for its scripts: once a version, not in each page's HTML. A page of
 * another version gets what there is, and does not keep it.
 */
export const GET = markAccess(
  async (request: Request): Promise<Response> => {
    const { searchParams } = new URL(request.url);
    const asked = searchParams.get("locale");
    const { text, version } = commonMessages(isLocale(asked) ? asked : (await readPreferences()).locale);
    const current = isLocale(asked) && searchParams.get("version") === version;
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "cache-control": current ? "public, max-age=31536000, immutable" : "no-store",
    };
    return new Response(text, { headers });
  },
  { name: "messages.read", role: "public" },
);
