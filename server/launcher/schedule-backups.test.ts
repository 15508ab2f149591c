import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { createTestDatabase } from "@/test/database";
import { checkArchive } from "../backup/archive.ts";
import { claimDatabase } from "../postgres/claim-database.ts";
import { grantToApp } from "../postgres/grant-to-app.ts";
import { scheduleBackups } from "./schedule-backups.ts";
import { loadSecrets } from "./secrets.ts";

test("a backup that is due is taken at the start, by the running console's own role, and is whole", async () => {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), "cardesk-scheduled-"));
  const keys = [await generateIdentity(), await generateIdentity()] as const;
  await claimDatabase(database.ownerUrl, "real");
  await grantToApp(database.ownerUrl, database.url);
  const variables = {
    BACKUP_DIR: join(folder, "backups"),
    BACKUP_RECIPIENT: await identityToRecipient(keys[0]),
    BACKUP_SECRETS_RECIPIENT: await identityToRecipient(keys[1]),
  };
  const { APP_KEYS, AUTH_SECRET } = loadSecrets(folder);
  const { PATH, HOME } = process.env;
  const said = Promise.withResolvers<string>();
  const stop = scheduleBackups({
    given: parseEnv(variables),
    env: {
      NODE_ENV: "test",
      PATH,
      HOME,
      ...variables,
      APP_KEYS,
      AUTH_SECRET,
      DATA_DIR: folder,
      DATABASE_URL: database.url,
    },
    url: database.url,
    log: said.resolve,
  });
  const line = await said.promise;
  await stop();
  const names = readdirSync(variables.BACKUP_DIR).toSorted();
  expect(names).toEqual([expect.stringMatching(/\.backup$/), expect.stringMatching(/\.backup\.secrets$/)]);
  const path = join(variables.BACKUP_DIR, names[0] ?? "");
  expect(line).toBe(`Backup: ${path}`);
  expect((await checkArchive(path, keys[0])).head.kind).toBe("real");
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test("without BACKUP_DIR nothing is taken", async () => {
  const stop = scheduleBackups({
    given: parseEnv({}),
    env: { NODE_ENV: "test" },
    url: "nowhere",
    log: expect.unreachable,
  });
  await stop();
});
