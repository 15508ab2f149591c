/**
 * `node deploy/try/prometheus.ts`, in a tree that is built: Debian's Prometheus scrapes a console by its token and on its loopback
 * port, an injected unknown outcome fires an alert and recovers, and a collector of our own receives a transfer's trace.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { Client, openSession } from "../../chaos/client/client.ts";
import { type Cardesk, startCardesk } from "../../e2e/support/cardesk.ts";
import { sandboxOf } from "../../e2e/support/sandbox.ts";
import { freePort } from "../../server/launcher/free-port.ts";
import { readActionManifest } from "../../test/support/action-manifest.ts";
import { findProgram } from "../../test/support/find-program.ts";
import { installPrograms } from "./support/programs.ts";
import { openReport } from "./support/report.ts";

type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
};
type Alert = { labels: Record<string, string>; state: string };

const root = fileURLToPath(new URL("../..", import.meta.url));
const rules = join(root, "deploy/prometheus/rules.yml");
const token = randomBytes(24).toString("base64url");
/** Long enough for the alert to fire before the reconciler decides. */
const QUIET_SECONDS = 90;

const report = openReport("seen from outside: Prometheus and OpenTelemetry");
const folder = mkdtempSync(join(tmpdir(), "cardesk-prometheus-"));
const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
try {
  await tryAll();
} finally {
  for (const end of ends.toReversed()) await end();
  report.end();
}

async function tryAll(): Promise<void> {
  const missing = installPrograms({ prometheus: "prometheus", promtool: "prometheus" });
  const promtool = (...args: string[]) => execFileSync(findProgram("promtool") ?? "", args, { encoding: "utf8" });
  if (missing) report.skip("the shipped rules, by promtool", missing);
  else {
    await report.step(
      "promtool check rules",
      async () => /\d+ rules found/.exec(promtool("check", "rules", rules))?.[0],
    );
    await report.step("promtool test rules", async () => {
      promtool("test", "rules", join(root, "deploy/prometheus/rules.test.yml"));
      return "all pass";
    });
    await report.step("promtool check config of the example", async () => {
      promtool("check", "config", "--syntax-only", join(root, "deploy/prometheus/prometheus.yml"));
      return undefined;
    });
  }

  const spans: Span[] = [];
  const collector = await startCollector(spans);
  const metricsPort = await freePort("127.0.0.1", 0);
  let desk: Cardesk | undefined;
  const started = await report.step("a console starts with a token, a loopback port and a collector", async () => {
    desk = await startCardesk(QUIET_SECONDS, {
      METRICS_TOKEN: token,
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_SERVICE_NAME: "cardesk-trial",
      OTEL_BSP_SCHEDULE_DELAY: "500",
      LOG_LEVEL: "debug",
    });
    ends.push(desk.stop);
    return undefined;
  });
  if (!started || !desk) return;
  const console_ = desk;
  const api = `${console_.url}/api/metrics`;
  const scrape = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, { headers });
    return { status: answer.status, text: await answer.text() };
  };

  await report.step("the token opens the door, nothing else does", async () => {
    expectIs((await scrape(api, { authorization: `Bearer ${token}` })).status, 200);
    expectIs((await scrape(api)).status, 401);
    const wrong: number[] = [];
    for (let i = 0; i < 12; i++) wrong.push((await scrape(api, { authorization: `Bearer ${token}x` })).status);
    expectIs(wrong.join(" "), [...Array(10).fill(401), 429, 429].join(" "));
    expectIs((await scrape(api, { authorization: `Bearer ${token}` })).status, 200);
    return "10 wrong tokens 401, then 429; the right one still 200";
  });
  await report.step("the loopback port answers GET /metrics alone", async () => {
    const base = `http://127.0.0.1:${metricsPort}`;
    expectIs((await scrape(`${base}/metrics`)).status, 200);
    expectIs((await scrape(`${base}/api/health`)).status, 404);
    expectIs((await fetch(`${base}/metrics`, { method: "POST" })).status, 405);
    return undefined;
  });
  if (!missing) {
    await report.step("promtool check metrics", async () => {
      const { text } = await scrape(api, { authorization: `Bearer ${token}` });
      const said = execFileSync(findProgram("promtool") ?? "", ["check", "metrics"], { input: text, encoding: "utf8" });
      const samples = text.split("\n").filter((line) => line && !line.startsWith("#")).length;
      return `${samples} samples${said ? `; ${said.trim()}` : ", no complaint"}`;
    });
  }

  const manifest = readActionManifest(root);
  const account = { username: "operator", password: console_.password };
  const operator = new Client(manifest, await openSession(console_.url, manifest, account), { account });
  const sandbox = sandboxOf(console_);
  await report.step("a transfer is one trace: request, action, confirm, send, upstream call", async () => {
    const { operationId } = await transfer(console_.url, operator, sandbox);
    const wanted = ["operation.confirm", "operation.send", "espai /cdkey/transfer"];
    const trace = await until(() => {
      const call = spans.find(({ name }) => name === "espai /cdkey/transfer");
      const found = spans.filter(({ traceId }) => traceId === call?.traceId);
      return wanted.every((name) => found.some((span) => span.name === name)) &&
        found.some(({ parentSpanId }) => !parentSpanId)
        ? found
        : undefined;
    }, 30_000);
    if (!trace) throw new Error(`no whole trace; spans: ${[...new Set(spans.map(({ name }) => name))].join(", ")}`);
    const first = trace.find(({ parentSpanId }) => !parentSpanId);
    if (!JSON.stringify(trace).includes(operationId)) throw new Error("the operation's id is on no span");
    const requestId = first && attributeOf(first, "cardesk.request_id");
    const lines = readFileSync(console_.logFile, "utf8")
      .split("\n")
      .filter((line) => line.includes(`"${requestId}"`));
    const call = lines.find((line) => line.includes('"/cdkey/transfer"'));
    if (!call?.includes(first?.traceId ?? "?"))
      throw new Error("the log has no line of the call with request and trace");
    return `${trace.length} spans from "${first?.name}", and ${lines.length} log lines of its request`;
  });
  await report.step("no span holds a phone, a code or a query", async () => {
    const text = JSON.stringify(spans);
    const secrets = (await sandbox.cards()).flatMap(({ code, user_phone }) => [code, user_phone]).filter(Boolean);
    const found = secrets.filter((secret) => text.includes(String(secret)));
    if (found.length > 0 || /\?\w+=/.test(text)) throw new Error(`${found.length} of them found`);
    return `${spans.length} spans, ${secrets.length} phones and codes looked for`;
  });

  if (missing) return report.skip("Prometheus scrapes, and an alert fires and recovers", missing);
  const prometheus = await startPrometheus(console_.url, metricsPort);
  const query = async (expr: string): Promise<string | undefined> => {
    const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    return data.result[0]?.value[1];
  };
  const alertOf = async (name: string): Promise<string> => {
    const { data } = (await (await fetch(`${prometheus}/api/v1/alerts`)).json()) as { data: { alerts: Alert[] } };
    return data.alerts.find(({ labels }) => labels.alertname === name)?.state ?? "inactive";
  };
  await report.step("Prometheus scrapes both doors", async () => {
    const up = await until(async () => ((await query("sum(up)")) === "2" ? "2" : undefined), 60_000);
    if (!up) throw new Error(`up is ${await query("sum(up)")}`);
    return "up is 1 by the token and 1 on the loopback port";
  });
  await report.step("queries return values", async () => {
    const exprs = [
      "max(cardesk_cards)",
      "max(cardesk_ready)",
      "max(cardesk_database_up)",
      "sum(cardesk_upstream_call_duration_seconds_count)",
      "sum(cardesk_http_request_duration_seconds_count)",
      "max(nodejs_eventloop_lag_p99_seconds)",
      "time() - max(cardesk_mirror_last_full_timestamp_seconds)",
    ];
    const said: string[] = [];
    for (const expr of exprs) {
      // Whole tables are counted once a minute, and the mirror may have been empty at the first.
      const value = await until(() => query(expr), 90_000);
      if (value === undefined) throw new Error(`${expr} has none`);
      said.push(`${expr} = ${value}`);
    }
    return said.join("; ");
  });
  await report.step("an unknown outcome of over 15 minutes fires the alert, and its decision ends it", async () => {
    expectIs(await alertOf("CardeskUnknownOverdue"), "inactive");
    await sandbox.fault({ fault: "reset", effect: "never", match: { path: "/cdkey/transfer", count: 1 } });
    const { operationId, state } = await transfer(console_.url, operator, sandbox);
    expectIs(state, "unknown");
    // Only what is told grows older: the reconciler counts its quiet period by a clock of its own.
    const owner = new pg.Client({ connectionString: console_.databaseOwnerUrl });
    await owner.connect();
    await owner.query("update operation set sent_at = sent_at - interval '16 minutes' where id = $1", [operationId]);
    await owner.end();
    const began = performance.now();
    const fired = await until(
      async () => ((await alertOf("CardeskUnknownOverdue")) === "firing" ? true : undefined),
      60_000,
    );
    if (!fired) throw new Error(`the alert is ${await alertOf("CardeskUnknownOverdue")}`);
    const firedIn = Math.round((performance.now() - began) / 1000);
    const over = async () => ((await alertOf("CardeskUnknownOverdue")) === "inactive" ? true : undefined);
    if (!(await until(over, (QUIET_SECONDS + 90) * 1000))) throw new Error("it did not recover");
    return `fired after ${firedIn} s, recovered after ${Math.round((performance.now() - began) / 1000)} s`;
  });
}

/** Preview and confirm one call from one paid card to another. */
async function transfer(url: string, client: Client, sandbox: ReturnType<typeof sandboxOf>) {
  const paid = (await sandbox.cards()).filter(({ type, api_limit }) => type !== "0" && Number(api_limit) > 10);
  for (const [index, source] of paid.entries()) {
    const target = paid[index + 1];
    if (!target) break;
    const input = { sourceId: source.id, targetId: target.id, amount: 1 };
    const preview = await client.call(url, "operations.previewTransferAction", input);
    if (preview.kind !== "ok") continue;
    const { operationId } = (preview.data as { draft: { operationId: string } | null }).draft ?? {};
    if (!operationId) continue;
    const sent = await client.call(url, "operations.confirmTransferAction", { operationId });
    if (sent.kind === "ok") return { operationId, state: (sent.data as { state: string }).state };
    throw new Error(`the transfer was not confirmed: ${JSON.stringify(sent)}`);
  }
  throw new Error("no two cards to transfer between");
}

/** A collector that keeps the spans it is sent, as OTLP over HTTP in JSON. */
async function startCollector(spans: Span[]): Promise<Server> {
  type Sent = { resourceSpans?: { scopeSpans?: { spans?: Span[] }[] }[] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { resourceSpans = [] } = JSON.parse(Buffer.concat(chunks).toString()) as Sent;
      for (const { scopeSpans = [] } of resourceSpans)
        for (const scope of scopeSpans) spans.push(...(scope.spans ?? []));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

/** Debian's Prometheus with the shipped rules; their waits and its intervals are shortened, so that the trial takes minutes. */
async function startPrometheus(url: string, metricsPort: number): Promise<string> {
  const port = await freePort("127.0.0.1", 0);
  writeFileSync(join(folder, "token"), token, { mode: 0o600 });
  writeFileSync(join(folder, "rules.yml"), readFileSync(rules, "utf8").replaceAll(/^( +for:) \w+$/gm, "$1 5s"));
  const config = `
global: { scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 2s }
rule_files: [rules.yml]
scrape_configs:
  - job_name: cardesk
    metrics_path: /api/metrics
    authorization: { credentials_file: token }
    static_configs: [{ targets: ["${new URL(url).host}"] }]
  - job_name: cardesk-loopback
    static_configs: [{ targets: ["127.0.0.1:${metricsPort}"] }]
`;
  writeFileSync(join(folder, "prometheus.yml"), config);
  const program: ChildProcess = spawn(
    findProgram("prometheus") ?? "",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  const ended = once(program, "exit");
  ends.push(async () => {
    program.kill("SIGTERM");
    await ended;
  });
  const address = `http://127.0.0.1:${port}`;
  const ready = () =>
    fetch(`${address}/-/ready`).then(
      (answer) => answer.ok || undefined,
      () => undefined,
    );
  if (!(await until(ready, 60_000))) throw new Error("Prometheus does not start");
  return address;
}

/** What `look` finds within so many ms. */
async function until<T>(look: () => T | undefined | Promise<T | undefined>, ms: number): Promise<T | undefined> {
  for (const end = performance.now() + ms; ; await sleep(500)) {
    const found = await look();
    if (found !== undefined || performance.now() > end) return found;
  }
}

function attributeOf({ attributes }: Span, key: string): unknown {
  return attributes.find((attribute) => attribute.key === key)?.value.stringValue;
}

function expectIs(is: unknown, wanted: unknown): void {
  if (is !== wanted) throw new Error(`${String(is)} instead of ${String(wanted)}`);
}
