import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fields } from "./core/fields.ts";
import { sendRequest } from "./http/send-request.ts";
import { DOCUMENTED_TRANSFER, SOURCE_ID } from "./store/documented-cards.ts";

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

/** What the process has written to stderr so far. */
function errorsOf(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (part: Buffer) => {
    text += part.toString();
  });
  return () => text;
}

test("it prints one ready line, keeps writes across SIGTERM, takes keys from the environment", async () => {
  const env = {
    SANDBOX_STATE: statePath,
    SANDBOX_LATENCY_MS: "0",
    SANDBOX_CARDS: "10",
    SANDBOX_ESPAI_KEY: "k".repeat(32),
  };
  const first = run(env);
  const ready = await readyLine(first);
  const local = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(ready).toEqual({
    ready: true,
    url: local,
    espai: local,
    potato: local,
    talkbot: local,
    redirectTarget: local,
  });
  const headers = { authorization: "k".repeat(32) };
  const reply = await sendRequest(`${ready.espai}/cdkey/transfer`, { headers, body: DOCUMENTED_TRANSFER });
  expect(reply.json).toEqual({ success: true, message: "请求成功" });
  first.kill("SIGTERM");
  expect(await once(first, "exit")).toEqual([0, null]);

  const again = await readyLine(run(env));
  const state = await sendRequest(`${again.url}/_sandbox/state`, { method: "GET" });
  expect(state.json).toMatchObject({ cards: 10, journal: 1 });
  const card = await sendRequest(`${again.espai}/cdkey/list`, { headers, body: { id: SOURCE_ID } });
  expect(fields(card.json).data).toMatchObject([{ api_limit: 490 }]);
});

test("a wrong variable is one sentence and exit 1", async () => {
  const child = run({ SANDBOX_POTATO_SIGN: "v2" });
  const errors = errorsOf(child);
  expect(await once(child, "close")).toEqual([1, null]);
  expect(errors()).toBe("sandbox: SANDBOX_POTATO_SIGN must be none, v1 or v3\n");
});

test("a state file that is no saved store is one sentence and exit 1, and left alone", async () => {
  writeFileSync(statePath, "not json");
  const child = run({ SANDBOX_STATE: statePath });
  const errors = errorsOf(child);
  expect(await once(child, "close")).toEqual([1, null]);
  expect(errors()).toContain(`SANDBOX_STATE ${statePath} can't be read`);
  expect(readFileSync(statePath, "utf8")).toBe("not json");
});
