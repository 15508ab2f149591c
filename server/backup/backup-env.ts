import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataFolder, dataFolderPath } from "../launcher/data-folder.ts";
import { loadSecrets, type Secrets } from "../launcher/secrets.ts";
import { LaunchError } from "../process/launch-error.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What of an installation must be kept apart from its rows: with both, everything can be read. */
export type KeptSecrets = Pick<Secrets, "APP_KEYS" | "AUTH_SECRET">;

/** The same files the launcher reads. */
export function loadEnvFiles(): void {
  for (const name of [".env.local", ".env"]) {
    const path = join(root, name);
    if (existsSync(path)) process.loadEnvFile(path);
  }
}

/** The data folder that the command is about. One that is not there is not made: its name may have a typing error. */
export function commandFolder(demo: boolean): string {
  const path = dataFolderPath(root, process.env.DATA_DIR || undefined, demo);
  return existsSync(path) ? realpathSync(dataFolder(root, path, demo)) : path;
}

/** The same for a command that fills it: it is made. */
export function newFolder(demo: boolean): string {
  return realpathSync(dataFolder(root, process.env.DATA_DIR || undefined, demo));
}

/** The secrets in a data folder. One that is not Cardesk's gets none of its own. */
export function folderSecrets(folder: string): Secrets {
  if (!existsSync(join(folder, "secrets.json")))
    throw new LaunchError(
      `${folder} holds no data of Cardesk: set DATA_DIR to its folder (for the demo's, add the word demo).`,
    );
  return loadSecrets(folder);
}

/** From the variables; else as the data folder has them. */
export function keptSecrets(folder: string): KeptSecrets {
  const { APP_KEYS, AUTH_SECRET } = process.env;
  if (APP_KEYS && AUTH_SECRET) return { APP_KEYS, AUTH_SECRET };
  const kept = folderSecrets(folder);
  return { APP_KEYS: APP_KEYS || kept.APP_KEYS, AUTH_SECRET: AUTH_SECRET || kept.AUTH_SECRET };
}

/** Whom backups are encrypted for: the rows, and the secrets apart. Throws {@link LaunchError} with how to get them. */
export function recipients(): { rows: string; secrets: string } {
  const { BACKUP_RECIPIENT: rows, BACKUP_SECRETS_RECIPIENT: secrets } = process.env;
  if (!rows || !secrets) throw new LaunchError(noRecipients);
  if (rows === secrets)
    throw new LaunchError(
      "BACKUP_RECIPIENT and BACKUP_SECRETS_RECIPIENT are the same: who opens one must not open the other.",
    );
  return { rows, secrets };
}

const noRecipients =
  "BACKUP_RECIPIENT and BACKUP_SECRETS_RECIPIENT are not set. `npm run backup -- --new-keys` makes two pairs of keys and " +
  "shows them once.";
