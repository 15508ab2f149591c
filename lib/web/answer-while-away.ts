import "server-only";
import { NextRequest } from "next/server";
import { pingDatabase } from "@/lib/db/ping-database";
import { type AskedPage, pageInstead } from "@/lib/process/process-slots";
import { databaseAwayPage } from "./database-away-page";
import { preferencesFrom } from "./preferences/read-preferences";

/** Longer than a busy pool takes to hand out a client, and short enough for someone who waits for a page. */
const DATABASE_LIMIT_MS = 4_000;

/** While the database is away no page can be rendered: from now on one that needs none says so (server/gate/before-page.ts). */
export function answerWhileAway(): void {
  pageInstead.value = awayPage;
}

/** The page that says that the database is away, in the reader's language and colours; null while it is there. */
export async function awayPage({ cookie = "", policy }: AskedPage): Promise<Response | null> {
  if (await pingDatabase(DATABASE_LIMIT_MS)) return null;
  const { cookies } = new NextRequest("http://cardesk.invalid", { headers: { cookie } });
  return databaseAwayPage({ ...preferencesFrom(cookies), policy: policy ?? null });
}
