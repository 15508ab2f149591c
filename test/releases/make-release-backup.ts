/**
 * `node --conditions=react-server test/releases/make-release-backup.ts VERSION`, once when a version is released: a backup of a
 * small database of that version, with a row of every table, into this folder. From then on a test restores it into
 * every later version. An existing one is never made again: it is what that version wrote.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { CHAIN_START, chainKeys, chainSource, sealMac } from "../../lib/audit-chain/index.ts";
import { writeArchive } from "../../server/backup/archive.ts";
import { dumpDatabase } from "../../server/backup/dump-database.ts";
import { recordAudit } from "../../server/backup/record-audit.ts";
import { claimDatabase } from "../../server/postgres/claim-database.ts";
import { createTestDatabase, startTestCluster } from "../database.ts";
import { RELEASE_APP_KEYS } from "./release-keys.ts";

const [version] = process.argv.slice(2);
if (!version || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error("Which version? For example 0.1.0");

const cluster = await startTestCluster();
try {
  const { ownerUrl } = await createTestDatabase();
  await claimDatabase(ownerUrl, "real");
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(readFileSync(join(import.meta.dirname, "rows.sql"), "utf8"));
  await writeAudit(client);
  const key = await generateIdentity();
  const path = join(import.meta.dirname, `${version}.backup`);
  const recipients = [await identityToRecipient(key)];
  await writeArchive(path, { parts: dumpDatabase(client), recipients, replace: false });
  writeFileSync(`${path}.key`, `${key}\n`);
  await client.end();
} finally {
  await cluster.stop();
}

/** Two records with their numbers. */
async function writeAudit(client: pg.Client): Promise<void> {
  const keys = chainKeys(RELEASE_APP_KEYS);
  const [key] = keys;
  if (!key) throw new Error("no key");
  for (const action of ["writes.paused", "writes.resumed"])
    await recordAudit(client, keys, { action, detail: { n: 1 } });
  let before = CHAIN_START;
  const entries = await chainSource((text, values) => client.query(text, values)).unsealed(0, 10);
  for (const [i, entry] of entries.entries()) {
    const sealedAt = new Date();
    const { id: auditId, mac } = entry;
    const seq = i + 1;
    before = sealMac(key.seal, { seq, before, sealedAt, auditId, entry, mac });
    await client.query("insert into audit_seal values ($1, $2, $3, $4, $5)", [seq, auditId, sealedAt, before, key.tag]);
  }
}
