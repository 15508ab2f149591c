import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const launch = fileURLToPath(new URL("launch.ts", import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-launch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { code: unknown; stdout: string; stderr: string };

function run(argv: string[], variables: Record<string, string>): Promise<Ended> {
  const env = { ...process.env, PORT: "0", DATA_DIR: folder, DATABASE_URL: "", ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--conditions=react-server", launch, ...argv], { env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

test.runIf(existsSync("/dev/full"))("a start on a full disk ends with one sentence and leaves no lock", async () => {
  // The secrets are written here first; the system answers every write with "no space left on device".
  symlinkSync("/dev/full", join(folder, "secrets.json.new"));
  expect(await run(["start", "--json"], {})).toEqual({
    code: 1,
    stdout: "",
    stderr: `The disk that holds ${folder} is full: free some space, then start again.\n`,
  });
  expect(readdirSync(folder)).toEqual(["secrets.json.new"]);
});

test("a wrong variable ends the start with a sentence that names it", async () => {
  expect(await run(["start"], { UPSTREAM_TIMEOUT_MS: "soon" })).toEqual({
    code: 1,
    stdout: "",
    stderr: "Bad configuration. UPSTREAM_TIMEOUT_MS: must be a whole number\n",
  });
});

test("an unknown mode ends the start with the usage", async () => {
  expect(await run(["stat"], {})).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Usage: [^\n]+\n$/) });
});
