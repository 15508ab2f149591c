import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { waitUntil } from "../../../server/process/wait-until.ts";
import { endProgram, isRunning, startProgram } from "./processes.ts";

const launch = fileURLToPath(new URL("../../../server/launcher/launch.ts", import.meta.url));

/** What `npm start` says when it refuses these variables. Throws if it does not end by itself. */
export async function startRefused(env: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-refused-"));
  const log = join(folder, "said.log");
  const launcher = startProgram(process.execPath, ["--conditions=react-server", launch, "start"], {
    log,
    env: { PORT: "0", DATA_DIR: join(folder, "data"), ...env },
  });
  try {
    if (!(await waitUntil(() => !isRunning(launcher), 60_000))) throw new Error("it starts");
    return readFileSync(log, "utf8").trim();
  } finally {
    await endProgram(launcher, 60_000);
    rmSync(folder, { recursive: true, force: true });
  }
}
