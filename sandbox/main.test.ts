import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask } from "./ask.ts";
import { askEspai, balanceIn, DOCUMENTED_TRANSFER, SOURCE_ID } from "./callers.ts";
import { DEFAULT_CREDENTIALS, readCredentials, readSignMode } from "./credentials.ts";
import { fields } from "./lab.ts";
import { startSandbox } from "./start.ts";

let folder: string;
let statePath: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cardesk-sandbox-"));
  statePath = join(folder, "state.json");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

function run(env: Record<string, string>): ChildProcess {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

async function readyLine(child: ChildProcess): Promise<Record<string, unknown>> {
  if (!child.stdout) throw new Error("no output");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return fields(JSON.parse(String(line)));
}

test("as a process: one ready line, writes kept across SIGTERM, keys from the environment", async () => {
  const env = {
    SANDBOX_STATE: statePath,
    SANDBOX_LATENCY_MS: "0",
    SANDBOX_CARDS: "10",
    SANDBOX_ESPAI_KEY: "k".repeat(32),
  };
  const first = run(env);
  const ready = await readyLine(first);
  const local = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(ready).toEqual({ ready: true, url: local, espai: local, potato: local, talkbot: local, trap: local });
  const headers = { authorization: "k".repeat(32) };
  const reply = await ask(`${ready.espai}/cdkey/transfer`, { headers, body: DOCUMENTED_TRANSFER });
  expect(reply.json).toEqual({ success: true, message: "请求成功" });
  first.kill("SIGTERM");
  expect(await once(first, "exit")).toEqual([0, null]);

  const again = await readyLine(run(env));
  const state = await ask(`${again.url}/_sandbox/state`, { method: "GET" });
  expect(state.json).toMatchObject({ cards: 10, journal: 1 });
  const card = await ask(`${again.espai}/cdkey/list`, { headers, body: { id: SOURCE_ID } });
  expect(fields(card.json).data).toMatchObject([{ api_limit: 490 }]);
});

test("a wrong variable is one sentence and exit 1", async () => {
  const child = run({ SANDBOX_POTATO_SIGN: "v2" });
  let said = "";
  child.stderr?.on("data", (part: Buffer) => {
    said += part.toString();
  });
  expect(await once(child, "close")).toEqual([1, null]);
  expect(said).toBe("sandbox: SANDBOX_POTATO_SIGN must be none, v1 or v3\n");
});

test("a late effect still due at a stop happens after the next start", async () => {
  const first = await startSandbox({ cards: 10, statePath });
  await first.addFaults([{ fault: "failure-unlisted", effect: { lateMs: 300 } }]);
  await askEspai(first, "/cdkey/transfer", DOCUMENTED_TRANSFER);
  await first.close();
  expect(balanceIn(first, SOURCE_ID)).toBe(500);
  const second = await startSandbox({ cards: 10, statePath });
  await expect.poll(() => balanceIn(second, SOURCE_ID), { interval: 10 }).toBe(490);
  expect(second.state.journal).toMatchObject([{ effect: "late", dueAt: null, changes: [{}, {}] }]);
  await second.close();
});

test("a state file that is not ours is left alone", async () => {
  writeFileSync(statePath, "not json");
  await expect(startSandbox({ statePath })).rejects.toThrow("can't be read");
  expect(readFileSync(statePath, "utf8")).toBe("not json");
});

test("credentials and sign mode come from the environment, with defaults", () => {
  expect(readCredentials({})).toEqual(DEFAULT_CREDENTIALS);
  expect(DEFAULT_CREDENTIALS.espaiKey).toHaveLength(32);
  expect(readCredentials({ SANDBOX_TALKBOT_KEY: "x" }).talkbotKey).toBe("x");
  expect([readSignMode(undefined), readSignMode("v3")]).toEqual(["none", "v3"]);
});
