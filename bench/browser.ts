import "./aliases.ts";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { KEY_TYPES } from "../lib/keys/types.ts";
import { installedChromium } from "../test/chromium.ts";
import { type ActionManifest, readActionManifest } from "../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../test/support/http-client.ts";
import { cardsPlace, floorPlace, otherPlaces } from "./browser/places.ts";
import { type CardsVisit, type Place, visit, visitCards } from "./browser/visit.ts";
import { firstLoad } from "./first-load.ts";
import { openFloor } from "./floor/open-floor.ts";
import type { Measured } from "./measured.ts";
import { medianOf } from "./median.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { report } from "./report.ts";

const CARDS = 10_000;
const BATCHES = 50;
const RUNS = Number(process.env.BENCH_RUNS || 7);
/** Loads of each page a round, of the cards page besides its visit: one load differs from the next by half, so medians of a few say little. */
const LOADS = 3;

/** What the cards page may take, as a multiple of the floor page's. */
const BOUNDS = [
  ["JavaScript until quiet", "scriptKb", 1.45],
  ["requests until quiet", "requests", 2],
  ["first row", "first", 1.6],
  ["usable", "usable", 1.5],
  ["filter settled", "filter", 1.6],
  ["worst keystroke", "worstKey", 1.25],
  ["next page", "next", 1.6],
  ["next page, the pointer rested 100 ms", "nextRested", 0.6],
  ["dialog", "dialog", 2.5],
  ["heap", "heapMb", 2],
  ["DOM nodes", "nodes", 1.6],
] as const satisfies readonly [string, keyof CardsVisit, number][];
const FIRST_LOAD_BOUND = 1.4;
const FIRST_BOUND = 1.6;
const HTML_BOUND_KB = 60;

/** The console's pages in a real browser, beside the least such a page can be, turn by turn in one browser. */
async function main() {
  const executablePath = process.env.CHROMIUM || installedChromium();
  if (!executablePath) throw new Error("There is no Chromium: install one and name it in CHROMIUM.");
  const floor = await openFloor();
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 20 });
  const client = openHttpClient(cardesk.url);
  const browser = await chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
    const session = await signIn(client, manifest, { username: cardesk.user, password: cardesk.password });
    const cardId = await untilFilled(client, manifest);
    const state = storageOf(session, cardesk);
    const [least, ours] = [floorPlace(floor.url), cardsPlace(cardesk.url, state)];
    const others = otherPlaces(cardesk.url, state, cardId);

    const [leastVisits, ourVisits]: [Partial<CardsVisit>[], Partial<CardsVisit>[]] = [[], []];
    const firsts = new Map<Place, number[]>(others.map((place) => [place, []]));
    // The first round warms both servers up and does not count.
    for (let run = 0; run <= RUNS; run++) {
      const [floorVisit, ourVisit] = [await visitCards(browser, least), await visitCards(browser, ours)];
      console.log(`run ${run} of ${RUNS}: first row ${shown(ourVisit.first)} : ${shown(floorVisit.first)} ms`);
      if (run > 0) {
        leastVisits.push(floorVisit);
        ourVisits.push(ourVisit);
      }
      for (let load = 0; load < LOADS; load++) {
        const [floorLoad, ourLoad] = [await visit(browser, least), await visit(browser, ours)];
        if (run > 0) {
          leastVisits.push(floorLoad);
          ourVisits.push(ourLoad);
        }
        for (const place of others) {
          const { first } = await visit(browser, place);
          if (run > 0) firsts.get(place)?.push(first);
        }
      }
    }

    const floorFirst = medianOfAll(leastVisits, "first");
    await report([
      await firstLoadRatio(floor.url, client),
      ...BOUNDS.map(([what, key, bound]) => {
        // A press on the floor's button reads nothing ahead: one number for both.
        const base = key === "nextRested" ? "next" : key;
        return ratio(what, medianOfAll(ourVisits, key), medianOfAll(leastVisits, base), bound);
      }),
      { what: "HTML of /cards, raw", value: (await html(client, "/cards")) / 1000, bound: HTML_BOUND_KB, unit: "kB" },
      ...others.map((place) =>
        ratio(`${place.name}: first row or number`, medianOf(firsts.get(place) ?? []), floorFirst, FIRST_BOUND),
      ),
    ]);
  } finally {
    await browser.close();
    client.close();
    await Promise.all([cardesk.close(), floor.close()]);
  }
}

/** Of those that were measured in a visit. */
const medianOfAll = (visits: Partial<CardsVisit>[], key: keyof CardsVisit) =>
  medianOf(visits.flatMap((each) => each[key] ?? []));

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const shown = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

function ratio(what: string, ours: number, least: number, bound: number): Measured {
  return { what: `${what} (${shown(ours)} : ${shown(least)})`, value: ours / least, bound, unit: "×" };
}

async function firstLoadRatio(floorUrl: string, client: HttpClient): Promise<Measured> {
  const floorClient = openHttpClient(floorUrl);
  const [ours, least] = [await firstLoad(client, "/cards"), await firstLoad(floorClient, "/")];
  floorClient.close();
  return ratio("JavaScript of the first load, gzip", ours, least, FIRST_LOAD_BOUND);
}

const html = async (client: HttpClient, path: string) => Buffer.byteLength((await client.get(path)).text);

/** Until all cards are mirrored and the tables of keys and operations have a page of rows. Returns a card's id. */
async function untilFilled(client: HttpClient, manifest: ActionManifest): Promise<string> {
  const json = { "content-type": "application/json" };
  const page = JSON.stringify({ page: 1, size: 50 });
  const query = JSON.stringify({ filter: {}, sort: { id: "created", desc: true }, page: 1, size: 50 });
  const { path, id } = manifest("keys.create");
  const call = { "next-action": id, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" };
  for (let made = 0; made < BATCHES; ) {
    const batch = { batchId: randomUUID(), keyType: made % KEY_TYPES.length, wanted: 1, note: "" };
    const { text } = await client.post(path, JSON.stringify([batch]), call);
    if (text.includes('"ok":true')) made += 1;
    else if (text.includes("batch_type_generating")) await rest(100);
    else throw new Error(`the action answered ${text.slice(0, 200)}`);
  }
  for (;;) {
    const { total, rows } = JSON.parse((await client.post("/api/cards/list", query, json)).text);
    const operations = JSON.parse((await client.post("/api/operations/list", page, json)).text);
    if (total >= CARDS && operations.total >= BATCHES) return String(rows[0].id);
    await rest(200);
  }
}

function storageOf(session: string, { url }: OpenConsole): NonNullable<Place["state"]> {
  const [name = "", value = ""] = session.split(/=(.*)/);
  const cookie = { name, value, domain: new URL(url).hostname, path: "/", expires: -1 };
  return { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" }], origins: [] };
}

await main();
