import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The configuration a build was made with, as JSON: what its own standalone server hands to Next in the variable
 * `__NEXT_PRIVATE_STANDALONE_CONFIG`. With it a console does not read `next.config.ts`, for which Next loads a compiler that
 * then stays in memory. undefined: there is no build, and Next says so.
 */
export function builtConfig(root: string): string | undefined {
  const path = join(root, ".next", "required-server-files.json");
  if (!existsSync(path)) return undefined;
  const { config } = JSON.parse(readFileSync(path, "utf8")) as { config?: unknown };
  return config === undefined ? undefined : JSON.stringify(config);
}
