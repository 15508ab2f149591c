import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ActionManifest } from "../../../test/support/action-manifest.ts";
import type { TlsClient } from "./tls-client.ts";

const ACTIONS = [
  "login.signInAction",
  "operations.previewTransferAction",
  "operations.confirmTransferAction",
  "keys.create",
  "keys.cancel",
];

/** Every action of one build that the other would take for its own. */
export const sharedActions = (a: ActionManifest, b: ActionManifest): string[] =>
  ACTIONS.filter((name) => a(name).id === b(name).id);

export const buildIdOf = (root: string): string => readFileSync(join(root, ".next/BUILD_ID"), "utf8").trim();

/** Files of code that only the first build has. */
export function ownCode(root: string, other: string): string[] {
  const folder = ".next/static/chunks";
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".js") && !existsSync(join(other, folder, name)))
    .map((name) => `/_next/static/chunks/${name}`);
}

/** Ask for each of the files a few times; the statuses, counted. */
export async function statusesOf(
  client: TlsClient,
  paths: readonly string[],
  times: number,
): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  for (let turn = 0; turn < times; turn++)
    for (const path of paths) {
      const { status } = await client.get(path);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  return statuses;
}

export const countsOf = (statuses: Map<number, number>): string =>
  [...statuses].map(([status, n]) => `${n} × ${status}`).join(", ");
