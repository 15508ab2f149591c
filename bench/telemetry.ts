import "./aliases.ts";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { readActionManifest } from "../test/support/action-manifest.ts";
import { openHttpClient, signIn } from "../test/support/http-client.ts";
import { AT_ONCE, mixed, type Send, sendMany, untilMirrored } from "./mixed-requests.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { residentMb } from "./process-memory.ts";
import { processorMs } from "./processor-time.ts";
import { report } from "./report.ts";

const CARDS = 2_000;
const WARM = 500;
const REQUESTS = 2_000;
/** Sent to one console, then as many to the other: whatever else the machine does slows both. */
const BLOCK = 100;

type Tried = { cardesk: OpenConsole; send: Send; close: () => Promise<void> };

/** What traces cost: a console that sends them to a collector beside one that has none, over the same mixed requests. */
async function main() {
  if (process.platform !== "linux") return console.log("memory is measured on Linux only");
  const collector = await startCollector();
  const opened: Tried[] = [];
  try {
    // Together, so that none has kept its mirror for longer.
    const variables: Record<string, string>[] = [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }];
    const both = await Promise.all(variables.map((env) => open(opened, env)));
    await alternate(both, WARM, 0);
    const before = both.map(({ cardesk }) => processorMs(cardesk.webPid));
    await alternate(both, REQUESTS, WARM);
    const [plainMs = 0, tracedMs = 0] = both.map(
      ({ cardesk }, at) => (processorMs(cardesk.webPid) - (before[at] ?? 0)) / REQUESTS,
    );
    const [plainMb = 0, tracedMb = 0] = both.map(({ cardesk }) => residentMb(cardesk.webPid));
    const { posts, bytes } = collector.got;
    console.log(`without traces ${plainMb.toFixed(0)} MB, ${plainMs.toFixed(2)} ms of processor time a request`);
    console.log(`with traces ${tracedMb.toFixed(0)} MB, ${tracedMs.toFixed(2)} ms a request`);
    console.log(`the collector got ${posts} posts of ${(bytes / 1e6).toFixed(1)} MB in all`);
    if (posts === 0) throw new Error("the collector got nothing");
    await report([
      {
        what: `resident memory that traces add, after ${WARM + REQUESTS} mixed requests`,
        value: tracedMb - plainMb,
        bound: 60,
        unit: "MB",
      },
      {
        what: `processor time of the console with traces to without, over ${REQUESTS} mixed requests`,
        value: tracedMs / plainMs,
        bound: 1.5,
        unit: "×",
      },
    ]);
  } finally {
    for (const { close } of opened) await close();
    collector.close();
  }
}

async function open(opened: Tried[], env: Record<string, string>): Promise<Tried> {
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 5, env });
  const client = openHttpClient(cardesk.url, AT_ONCE);
  const close = async () => {
    client.close();
    await cardesk.close();
  };
  const tried: Tried = { cardesk, send: async () => undefined, close };
  opened.push(tried);
  const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  await signIn(client, manifest, { username: cardesk.user, password: cardesk.password });
  tried.send = mixed(client, await untilMirrored(client, CARDS));
  return tried;
}

async function alternate(tried: readonly Tried[], count: number, from: number): Promise<void> {
  for (let sent = 0; sent < count; sent += BLOCK)
    for (const { send } of tried) await sendMany(BLOCK, (number) => send(from + sent + number));
}

/** It takes what it is sent, as OTLP over HTTP, and counts it. */
async function startCollector() {
  const got = { posts: 0, bytes: 0 };
  const server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => {
      got.bytes += chunk.length;
    });
    request.on("end", () => {
      got.posts += 1;
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

await main();
