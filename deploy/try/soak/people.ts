import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, openSession } from "../../../chaos/client/client.ts";
import { USED_HEADER } from "../../../lib/web/used-header.ts";
import { fields } from "../../../sandbox/core/fields.ts";
import { type Random, seededRandom } from "../../../sandbox/core/seeded-random.ts";
import type { ActionManifest } from "../../../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../../../test/support/http-client.ts";
import type { World } from "./world.ts";

/** What people met, counted: answers, and by their sentence what was no good answer. */
export type Met = {
  requests: number;
  transfers: number;
  batches: number;
  restarting: number;
  bad: Map<string, number>;
};

type People = {
  world: World;
  manifest: ActionManifest;
  seed: number;
  signal: AbortSignal;
  met: Met;
  isRestarting: () => boolean;
  /** While the console warms up, readers hurry. */
  isWarmingUp: () => boolean;
};

const NAMES = ["琳琅", "望舒", "wang", "li", "zhao", "chen", "xiao", "lin", "8", "a"];
const SORTS = ["created", "balance", "name", "updated"];
/** A browser says of what a person asked for that they did: what a page reads by itself keeps no session open. */
const navigation = { "sec-fetch-mode": "navigate" };
const json = { "content-type": "application/json", [USED_HEADER]: "1" };
const KEY_TYPES = 6;
/** So many times shorter is a reader's pause while the console warms up. */
const HURRY = 10;

/** Ten users and one operator, each in their own rhythm, until the signal. */
export async function work(people: People): Promise<void> {
  const { world, seed } = people;
  const readers = world.users.map((username, i) => readAllDay(people, username, seededRandom(seed + 1 + i)));
  await Promise.all([...readers, operate(people, seededRandom(seed)), makeKeys(people, seededRandom(seed + 100))]);
}

type Pause = [from: number, to: number];

/** A person's pause: mostly short, now and then long. */
const think = async (random: Random, { signal }: Pick<People, "signal">, span: Pause = [2_000, 12_000], faster = 1) => {
  await sleep(random.int(...span) / faster, undefined, { signal }).catch(() => undefined);
};

async function readAllDay(people: People, username: string, random: Random): Promise<void> {
  const { world, manifest, signal } = people;
  const pause = (span?: Pause) => think(random, people, span, people.isWarmingUp() ? HURRY : 1);
  await pause([0, 20_000]);
  const account = { username, password: world.password };
  let http: HttpClient | undefined;
  let base = "";
  const ask = async (send: (client: HttpClient) => ReturnType<HttpClient["get"]>): Promise<string> => {
    if (signal.aborted) return "";
    try {
      // A restart may have taken another port.
      if (!http || base !== world.console.url) {
        http?.close();
        base = world.console.url;
        http = openHttpClient(base);
        await signIn(http, manifest, account);
      }
      const { status, text } = await send(http);
      people.met.requests += 1;
      if (status === 200) return text;
      note(people, `HTTP ${status}`);
      if (status === 401 || status === 307) base = "";
    } catch (error) {
      note(people, error instanceof Error ? error.message : String(error));
    }
    return "";
  };
  const get = (path: string) => ask((client) => client.get(path, navigation));
  const post = (path: string, body: object) => ask((client) => client.post(path, JSON.stringify(body), json));
  const list = (name: string, page: number, sort = "created") =>
    post("/api/cards/list", { filter: name ? { name } : {}, sort: { id: sort, desc: true }, page, size: 50 });

  const typeAndOpen = async () => {
    await get("/cards");
    const name = oneOf(random, NAMES);
    let found = "";
    for (let length = 1; length <= name.length && !signal.aborted; length++) {
      found = await list(name.slice(0, length), 1);
      await pause([150, 400]);
    }
    await pause();
    if (random.next() < 0.5) found = (await list(name, 2)) || found;
    const rows = rowsOf(found);
    for (let opened = 0; opened < 2 && rows.length > 0; opened++) {
      await get(`/cards/${oneOf(random, rows).id}`);
      await pause([4_000, 20_000]);
    }
  };
  const browse = async () => {
    for (let page = 1; page <= random.int(2, 5); page++) {
      await list("", page, oneOf(random, SORTS));
      await pause();
    }
  };
  const look = async (page: string, route: string, body: object) => {
    await get(page);
    await pause();
    await post(route, body);
    await post("/api/operations/unknown", {});
  };
  while (!signal.aborted) {
    const dice = random.next();
    if (dice < 0.45) await typeAndOpen();
    else if (dice < 0.65) await browse();
    else if (dice < 0.8) await look("/", "/api/overview/read", {});
    else if (dice < 0.92) await look("/operations", "/api/operations/list", { page: 1, size: 50 });
    else await get("/keys");
    await pause();
  }
  http?.close();
}

function oneOf<T>(random: Random, all: readonly T[]): T {
  const one = all[random.int(0, all.length - 1)];
  if (one === undefined) throw new Error("there is nothing to choose from");
  return one;
}

function rowsOf(text: string): { id: string }[] {
  try {
    return (JSON.parse(text) as { rows?: { id: string }[] }).rows ?? [];
  } catch {
    return [];
  }
}

/** One transfer of a few calls about every forty seconds; an answer may be an error, never a hang or a page. */
async function operate(people: People, random: Random): Promise<void> {
  const { world, signal } = people;
  const operator = await operatorOf(people);
  while (!signal.aborted) {
    await think(random, people, [20_000, 60_000]);
    if (signal.aborted) return;
    const sourceId = oneOf(random, world.transferable);
    const targetId = oneOf(
      random,
      world.transferable.filter((id) => id !== sourceId),
    );
    const input = { sourceId, targetId, amount: random.int(1, 9) };
    const preview = await operator.call(world.console.url, "operations.previewTransferAction", input);
    if (preview.kind === "indeterminate") note(people, `preview: ${preview.why}`);
    const draft = preview.kind === "ok" ? fields(fields(preview.data).draft) : {};
    if (typeof draft.operationId !== "string") continue;
    await think(random, people, [1_000, 5_000]);
    const { operationId } = draft;
    const result = await operator.call(world.console.url, "operations.confirmTransferAction", { operationId });
    if (result.kind === "indeterminate") note(people, `confirm: ${result.why}`);
    people.met.transfers += 1;
  }
}

/** A batch of a few keys every few minutes; what has paused is resumed, as its user would. */
async function makeKeys(people: People, random: Random): Promise<void> {
  const { world, signal } = people;
  const operator = await operatorOf(people);
  while (!signal.aborted) {
    await think(random, people, [90_000, 240_000]);
    await resumePaused(world, operator);
    if (signal.aborted) return;
    const form = {
      batchId: randomUUID(),
      keyType: random.int(0, KEY_TYPES - 1),
      wanted: random.int(5, 30),
      note: "soak",
    };
    const result = await operator.call(world.console.url, "keys.create", form);
    if (result.kind === "indeterminate") note(people, `batch: ${result.why}`);
    if (result.kind === "ok") people.met.batches += 1;
  }
}

async function operatorOf({ world, manifest }: People): Promise<Client> {
  const account = { username: "operator", password: world.password };
  return new Client(manifest, await openSession(world.console.url, manifest, account), { account });
}

/** Ask every paused batch to go on. */
export async function resumePaused(world: World, operator: Client): Promise<void> {
  if (!world.console.isUp) return;
  const paused = await world.read((db) => db.rows<{ id: string }>("select id from batch where state = 'paused'"));
  for (const { id } of paused ?? []) await operator.call(world.console.url, "keys.resume", { batchId: id });
}

/** Resume what is still paused, in a session of its own. */
export async function resumeAll(world: World, manifest: ActionManifest): Promise<void> {
  const account = { username: "operator", password: world.password };
  await resumePaused(world, new Client(manifest, await openSession(world.console.url, manifest, account), { account }));
}

function note({ met, isRestarting, signal }: People, what: string): void {
  if (signal.aborted) return;
  if (isRestarting()) {
    met.restarting += 1;
    return;
  }
  met.bad.set(what, (met.bad.get(what) ?? 0) + 1);
}
