import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
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

// 78: what starts it again and again must not do so for what only a person can mend.
test("a wrong variable ends the start with a sentence that names it", async () => {
  expect(await run(["start"], { UPSTREAM_TIMEOUT_MS: "soon" })).toEqual({
    code: 78,
    stdout: "",
    stderr: "Bad configuration. UPSTREAM_TIMEOUT_MS: must be a whole number\n",
  });
});

test.each([
  [{ SANDBOX_URL: "http://127.0.0.1:4000" }, "SANDBOX_URL: only for the demo, which npm start is not"],
  [{ DEMO_USERS: "1" }, "DEMO_USERS: only with the sandbox: its users share one password"],
  [{ TZ_DISPLAY: "Nowhere/City" }, "TZ_DISPLAY: is not a time zone; a known one is Asia/Shanghai"],
  [{ QUIET_PERIOD_SECONDS: "10", ESPAI_API_KEY: "k" }, /^QUIET_PERIOD_SECONDS: must be at least 60/],
])("npm start refuses %j before it makes anything", async (variables, words) => {
  const ended = await run(["start"], variables);
  expect(ended).toMatchObject({ code: 78, stdout: "" });
  expect(ended.stderr.replace("Bad configuration. ", "").trim()).toMatch(words);
  expect(readdirSync(folder)).toEqual([]);
});

// Its own PostgreSQL runs by then: who is there already decides whether the password is given to anybody.
test("npm start refuses a password that nobody could choose before there is a console", async () => {
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o755);
  const ADMIN_PASSWORD = "passwordpassword";
  const ended = await run(["start"], { HOST: "127.0.0.1", ADMIN_USER: "lin", ADMIN_PASSWORD });
  expect(ended).toMatchObject({ code: 78, stdout: "" });
  expect(ended.stderr).toMatch(/^Bad configuration\. ADMIN_PASSWORD: is too easy to guess[^\n]+\n$/);
  expect(ended.stderr).not.toContain(ADMIN_PASSWORD);
});

test("a data folder that can't be written ends the start with a sentence", async () => {
  const ended = await run(["start"], { DATA_DIR: "/dev/null/data" });
  expect(ended).toEqual({
    code: 1,
    stdout: "",
    stderr: "The data folder /dev/null/data cannot be written: choose one of your own with DATA_DIR.\n",
  });
});

test("an unknown mode ends the start with the usage", async () => {
  expect(await run(["stat"], {})).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Usage: [^\n]+\n$/) });
});
