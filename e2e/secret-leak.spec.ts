import { readFileSync } from "node:fs";
import pg from "pg";
import { SECRETS } from "./support/cardesk";
import { expect, test } from "./support/fixtures";
import { expectDone, lastSeq, madeSince, orderKeys } from "./support/generating";
import { openPage, PAGES } from "./support/pages";

const planted = Object.entries(SECRETS);

/** Every row of every table, as text; columns of bytes in both their spellings. */
async function databaseText(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ line: string }>(`select row_to_json(t)::text as line from ${name} t`);
      for (const { line } of rows.rows) {
        texts.push(
          line,
          line.replace(/\\\\x((?:[0-9a-f]{2})+)/g, (_, hex) => Buffer.from(hex, "hex").toString("latin1")),
        );
      }
    }
    return texts.join("\n");
  } finally {
    await client.end();
  }
}

test("no upstream key, token or secret and no whole card key is in what the browser gets, in the log or in the database", async ({
  admin,
  operator,
  cardesk,
  sandbox,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const before = await lastSeq(sandbox);
  const batch = await orderKeys(operator, "月卡", 3);
  await expectDone(operator, 3);
  const keys = await madeSince(sandbox, before);
  expect(keys).toHaveLength(3);
  // Answers that quote what they were asked with, and failures with long explanations, are where secrets leak.
  await sandbox.fault({ fault: "json-403", match: { upstream: "talkbot", count: 3 } });
  await sandbox.fault({ fault: "failure-unlisted", match: { upstream: "potato", count: 3 } });
  const received: Promise<string>[] = [];
  admin.on("response", (response) => {
    if (response.request().redirectedTo() || response.status() === 204) return;
    received.push(
      response.body().then(
        (body) => `${response.url()} ${JSON.stringify(response.headers())} ${body.toString("latin1")}`,
        () => "",
      ),
    );
  });
  for (const path of [...PAGES, `/cards/${card.id}`, batch.path]) await openPage(admin, path);
  const places = {
    browser: (await Promise.all(received)).join("\n"),
    log: readFileSync(cardesk.logFile, "utf8"),
    database: await databaseText(cardesk.databaseOwnerUrl),
  };
  expect(places.browser.length).toBeGreaterThan(100_000);
  expect(places.log).toContain("{");
  expect(places.database).toContain(card.id);
  for (const [place, text] of Object.entries(places)) {
    for (const [name, secret] of planted) expect(text.includes(secret), `${name} in the ${place}`).toBe(false);
    for (const key of keys) expect(text.includes(key), `a whole card key in the ${place}`).toBe(false);
    for (const secret of [cardesk.password, cardesk.sandboxToken]) expect(text.includes(secret), place).toBe(false);
  }
});
