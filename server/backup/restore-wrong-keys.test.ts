import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateIdentity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase, runOn } from "@/test/database";
import { outputOf } from "@/test/support/output-of";
import { checkAppKeys } from "../launcher/check-app-keys.ts";
import { claimDatabase } from "../postgres/claim-database.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { takeBackup } from "./take-backup.ts";

const appKeys = () => `k1:${randomBytes(32).toString("base64")}`;

test("a restore with the wrong APP_KEYS leaves no database that a console would start on, nor an audit that is never right again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-wrong-"));
  chmodSync(folder, 0o755);
  const source = await createTestDatabase();
  await claimDatabase(source.ownerUrl, "real");
  await grantToApp(source.ownerUrl, source.url);
  const right = appKeys();
  await checkAppKeys(source.url, { appKeys: right, lost: [] });
  const [rows, secrets] = [await generateIdentity(), await generateIdentity()];
  const path = join(folder, "x.backup");
  const recipients = { rows: await identityToRecipient(rows), secrets: await identityToRecipient(secrets) };
  await takeBackup({
    url: source.url,
    path,
    secrets: { APP_KEYS: right, AUTH_SECRET: "s" },
    recipients,
    replace: false,
    restore: false,
  });

  // An empty database of a server.
  const admin = process.env.CARDESK_TEST_POSTGRES ?? "";
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOn(admin, `create database ${name} owner cardesk`);
  const target = new URL(source.ownerUrl);
  target.pathname = `/${name}`;
  const restore = (APP_KEYS: string) => {
    const entry = fileURLToPath(new URL("restore.ts", import.meta.url));
    const { PATH, HOME } = process.env;
    const env = {
      NODE_ENV: "test" as const,
      PATH,
      HOME,
      DATA_DIR: folder,
      DATABASE_URL: target.href,
      DATABASE_OWNER_URL: "",
      APP_KEYS,
      AUTH_SECRET: "s",
      BACKUP_KEY: rows,
      BACKUP_SECRETS_KEY: "",
    };
    return outputOf(spawn(process.execPath, ["--conditions=react-server", entry, path], { env }));
  };
  const refused = await restore(appKeys());
  expect(refused.code).toBe(1);
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  const { rows: kinds } = await client.query("select kind from drizzle.cardesk_kind");
  await client.end();
  expect({ kinds, said: refused.output }).toMatchObject({ kinds: [{ kind: "restoring" }] });
  await runOn(admin, `drop database ${name} with (force)`);
  await source.drop();
  rmSync(folder, { recursive: true, force: true });
});
