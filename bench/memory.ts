import "./aliases.ts";
import { fileURLToPath } from "node:url";
import { readActionManifest } from "../test/support/action-manifest.ts";
import { openHttpClient, signIn } from "../test/support/http-client.ts";
import type { Measured } from "./measured.ts";
import { medianOf } from "./median.ts";
import { AT_ONCE, mixed, type Send, sendMany, untilMirrored } from "./mixed-requests.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { proportionalMb, residentMb } from "./process-memory.ts";
import { report } from "./report.ts";
import { slopeOf } from "./slope.ts";

const CARDS = 10_000;
const FIRST = 1_000;
const MORE = 10_000;
const EVERY = 100;
/** What counts as flat: this much for each 1,000 requests is 1 GB after a million. */
const FLAT_MB = 1;

/** What the production build and its PostgreSQL keep in memory after mixed requests, and whether that grows. */
async function main() {
  if (process.platform !== "linux") return console.log("memory is measured on Linux only");
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 5 });
  const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  const client = openHttpClient(cardesk.url, AT_ONCE);
  try {
    await signIn(client, manifest, { username: cardesk.user, password: cardesk.password });
    const ids = await untilMirrored(client, CARDS);
    const send = mixed(client, ids);
    await sendMany(FIRST, send);
    const first = residentMb(cardesk.webPid);
    console.log(`${FIRST} requests: ${shown(cardesk)}`);
    const measured = await growth(cardesk, send);
    await report([
      { what: `resident memory of the console after ${FIRST} mixed requests`, value: first, bound: 300, unit: "MB" },
      ...measured,
      {
        what: "memory of PostgreSQL (proportional)",
        value: proportionalMb(cardesk.postgresPid),
        bound: 150,
        unit: "MB",
      },
    ]);
  } finally {
    client.close();
    await cardesk.close();
  }
}

const shown = ({ webPid, postgresPid }: OpenConsole): string =>
  `console ${residentMb(webPid).toFixed(0)} MB, PostgreSQL ${proportionalMb(postgresPid).toFixed(0)} MB`;

/** The slope over the second half: in the first the compiler and the caches still warm up. */
async function growth(cardesk: OpenConsole, send: Send): Promise<Measured[]> {
  const samples: { requests: number; mb: number }[] = [];
  for (let sent = 0; sent < MORE; sent += EVERY) {
    await sendMany(EVERY, (number) => send(sent + number));
    samples.push({ requests: sent + EVERY, mb: residentMb(cardesk.webPid) });
    if ((sent + EVERY) % 1_000 === 0) console.log(`${FIRST + sent + EVERY} requests: ${shown(cardesk)}`);
  }
  const slope = (from: number) =>
    1_000 * slopeOf(samples.slice(from).map(({ requests, mb }) => [requests, mb] as const));
  const half = samples.length / 2;
  console.log(
    `slope by least squares: ${slope(0).toFixed(2)} MB per 1,000 requests, ${slope(half).toFixed(2)} over the second half`,
  );
  return [
    {
      what: `resident memory of the console over ${MORE} requests, median`,
      value: medianOf(samples.map(({ mb }) => mb)),
      bound: 300,
      unit: "MB",
    },
    {
      what: `what 1,000 requests add to it, over the last ${MORE / 2} of ${MORE}`,
      value: slope(half),
      bound: FLAT_MB,
      unit: "MB",
    },
  ];
}

await main();
