import type { Page } from "@playwright/test";
import pg from "pg";
import type { Cardesk } from "./cardesk";
import type { Role } from "./fixtures";
import { signIn } from "./sign-in";

/** A session that no other journey uses: its proof may be made stale. */
export type OwnSession = { makeStale: () => Promise<void> };

/** Sign in on a page nobody is signed in on. */
export async function openOwnSession(page: Page, role: Role, cardesk: Cardesk): Promise<OwnSession> {
  await signIn(page, role, cardesk.password);
  const newest = `select s.id from session s join "user" u on u.id = s.user_id where u.username = $1
    order by s.created_at desc limit 1`;
  const [{ id }] = (await query(cardesk, newest, [role])) as [{ id: string }];
  const stale = "update session set proved_at = now() - interval '1 hour' where id = $1";
  return { makeStale: async () => void (await query(cardesk, stale, [id])) };
}

async function query({ databaseUrl }: Cardesk, text: string, values: unknown[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
