import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { readActionManifest } from "../test/support/action-manifest";
import { expect, test } from "./support/fixtures";
import { type Caller, type HostileRequest, hostileRequest } from "./support/hostile/hostile-request";
import { MARK } from "./support/hostile/hostile-values";
import { sendAll } from "./support/hostile/send-hostile";

const SEED = Number(process.env.HOSTILE_SEED ?? 20_261_124);
const CASES = Number(process.env.HOSTILE_CASES ?? 5_000);

// Another value than the other journeys': a console of its own, whose sign-in counters and log nobody else writes.
test.use({ quietSeconds: 3_599 });

const nameOf = ({ as, method, path, headers, body }: HostileRequest) =>
  `${as} ${method} ${path.slice(0, 160)} ${JSON.stringify(headers).slice(0, 300)} ${body?.toString().slice(0, 200) ?? ""}`;

/** JSON, and no control character as it is. */
function isLogLine(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object" && !/\p{Cc}/u.test(line);
  } catch {
    return false;
  }
}

test("no hostile request is answered 5xx, hangs, reaches an upstream, leaves its text in the log or learns a phone or code", async ({
  signedIn,
  cardesk,
  sandbox,
}) => {
  const cookieOf = async (role: "support" | "admin") =>
    (await signedIn(role)).cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const cookies: Record<Caller, string> = {
    nobody: "",
    support: await cookieOf("support"),
    admin: await cookieOf("admin"),
  };
  const secrets = new Set(
    (await sandbox.cards()).flatMap(({ code, user_phone }) => [code, ...(user_phone ? [String(user_phone)] : [])]),
  );
  const secretIn = (text: string) => text.match(/\b(?:1\d{10}|[0-9A-Za-z]{8})\b/g)?.some((word) => secrets.has(word));
  // Reads of one card are in no journal: a rule counts them.
  await sandbox.fault({ fault: "json-500", match: { kind: "detail" } });
  const writes = async () => (await sandbox.journal()).filter((row) => row.actor === "caller").length;
  const writesBefore = await writes();
  const logBefore = statSync(cardesk.logFile).size;

  const actionOf = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  const requests = fc.sample(hostileRequest(actionOf), { numRuns: CASES, seed: SEED });
  console.log(`${CASES} hostile requests, HOSTILE_SEED=${SEED}`);
  const offenders: string[] = [];
  const began = performance.now();
  const statuses: Record<number, number> = {};
  await sendAll(requests, { url: cardesk.url, cookies }, (request, { status, text, fault }) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (fault || status >= 500) offenders.push(`${fault ?? status}: ${nameOf(request)}`);
    if (secretIn(text)) offenders.push(`a phone or code in the answer: ${nameOf(request)}`);
  });
  console.log(`answered in ${Math.round(performance.now() - began)} ms: ${JSON.stringify(statuses)}`);

  const log = readFileSync(cardesk.logFile).subarray(logBefore).toString();
  for (const line of log.split("\n")) {
    if (line.includes(MARK) || secretIn(line)) offenders.push(`request text in the log: ${line.slice(0, 500)}`);
    // A page that fails after its first bytes is answered 200: what failed is in the log only.
    else if (/"level":[56]0/.test(line)) offenders.push(`an error in the log: ${line.slice(0, 500)}`);
    // What Next prints by itself is a line of the log as well.
    else if (line && !isLogLine(line)) offenders.push(`no line of the log: ${JSON.stringify(line.slice(0, 500))}`);
  }
  const listed = offenders.slice(0, 20).join("\n");
  expect(offenders.length, `the first of ${offenders.length}:\n${listed}\n`).toBe(0);
  expect(await writes()).toBe(writesBefore);
  expect((await sandbox.faults()).map(({ fired }) => fired)).toEqual([0]);
  // They came through to what they were meant for: refused by the gate, by the console, and shown.
  for (const status of [200, 307, 400, 401, 403, 404, 405, 413])
    expect(statuses[status], `${status}`).toBeGreaterThan(0);
});
