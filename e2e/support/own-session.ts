import { expect, type Locator, type Page } from "@playwright/test";
import pg from "pg";
import type { Cardesk } from "./cardesk";
import { signIn } from "./sign-in";

/**
 * Make the proof of a user's newest session as old as if they had signed in an hour ago, with so many wrong ones since. (A
 * journey that typed them would slow down the sign-ins of all others, who have the same address.)
 */
export async function makeStale(cardesk: Cardesk, username: string, { wrong = 0 } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: cardesk.databaseUrl });
  await client.connect();
  try {
    const newest = `select s.id from session s join "user" u on u.id = s.user_id
      where u.username = $1 order by s.created_at desc limit 1`;
    const stale = `update session set proved_at = now() - interval '1 hour', failed_proofs = $2
      where id = (${newest})`;
    expect((await client.query(stale, [username, wrong])).rowCount).toBe(1);
  } finally {
    await client.end();
  }
}

/** A session that no other journey uses, so that its proof may be made stale: `page` is signed in by it. */
export async function openOwnSession(
  page: Page,
  username: string,
  cardesk: Cardesk,
): Promise<{ makeStale: () => Promise<void> }> {
  await signIn(page, username, cardesk.password);
  return { makeStale: () => makeStale(cardesk, username) };
}

/** The dialog that asks for the password, and the box in it. */
export function proofOf(page: Page, username: string): { dialog: Locator; box: Locator } {
  const dialog = page.getByRole("dialog", { name: "再次验证身份" });
  return { dialog, box: dialog.getByLabel(`${username} 的密码`) };
}
