import "./aliases.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type ActionManifest, readActionManifest } from "../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../test/support/http-client.ts";
import type { Measured } from "./measured.ts";
import { medianOf, p95Of, timed } from "./median.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { openTransfer, type Transfer } from "./open-transfer.ts";
import { report } from "./report.ts";

const CARDS = 10_000;
const USERS = 10;
const ROUNDS = 3;
/** What each of them does in a round: so many names typed and paged through. */
const NAMES_A_ROUND = 6;
const CONFIRMS = 15;
/** A hand that types fast, and looks at a page before it turns it. */
const KEY_MS = 180;
const PAGE_MS = 400;
const READ_BOUND = 3;
/** A confirm shares the two cores with ten readers; a wait for one of them would be longer than that. */
const CONFIRM_BOUND = 3;

const TYPED = ["琳琅", "望舒", "wang", "li", "zhao", "chen", "a", "8", "xiao", "lin"];
const json = { "content-type": "application/json" };

type Times = { reads: number[]; confirms: number[] };

/** One support user alone, then ten at once, and beside both an operator who confirms transfers; the ratios of one run. */
async function main() {
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 5 });
  const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  const clients: HttpClient[] = [];
  try {
    const operator = await enter(cardesk, { manifest, username: cardesk.user, clients });
    const transfer = await openTransfer(operator, { manifest, cards: CARDS });
    const users: HttpClient[] = [];
    for (const username of await supportUsers(cardesk))
      users.push(await enter(cardesk, { manifest, username, clients }));
    const [one] = users;
    if (!one) throw new Error("nobody is there");
    // Once through everything: code that runs for the first time is slow.
    await together(users, transfer);
    const [alone, crowd]: [Times, Times] = [
      { reads: [], confirms: [] },
      { reads: [], confirms: [] },
    ];
    for (let round = 0; round < ROUNDS; round++) {
      add(alone, await together([one], transfer));
      add(crowd, await together(users, transfer));
    }
    await report(compare(alone, crowd));
  } finally {
    for (const client of clients) client.close();
    await cardesk.close();
  }
}

type Entering = { manifest: ActionManifest; username: string; clients: HttpClient[] };

async function enter(cardesk: OpenConsole, { manifest, username, clients }: Entering): Promise<HttpClient> {
  const client = openHttpClient(cardesk.url);
  clients.push(client);
  await signIn(client, manifest, { username, password: cardesk.password });
  return client;
}

/** The demo has one support user; the others are copies with the same password. */
async function supportUsers({ databaseUrl }: OpenConsole): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ username: string }>(
      `insert into "user" (username, role, password_hash)
       select 'support' || n, role, password_hash from "user", generate_series(1, $1) n where username = 'support'
       returning username`,
      [USERS],
    );
    if (rows.length !== USERS) throw new Error("the demo has no support user to copy");
    return rows.map(({ username }) => username);
  } finally {
    await client.end();
  }
}

/** Everybody reads until they have done their part; meanwhile the operator confirms one transfer after the other. */
async function together(users: readonly HttpClient[], transfer: Transfer): Promise<Times> {
  const times: Times = { reads: [], confirms: [] };
  const confirming = (async () => {
    for (let number = 0; number < CONFIRMS; number++) {
      const operationId = await transfer.preview();
      times.confirms.push(await timed(() => transfer.confirm(operationId)));
    }
  })();
  await Promise.all([confirming, ...users.map((user, number) => readALot(user, { number, reads: times.reads }))]);
  return times;
}

async function readALot(user: HttpClient, { number, reads }: { number: number; reads: number[] }): Promise<void> {
  const read = async (name: string, page: number) => {
    const query = { filter: { name }, sort: { id: "created", desc: true }, page, size: 50 };
    reads.push(
      await timed(async () => {
        const { status, text } = await user.post("/api/cards/list", JSON.stringify(query), json);
        if (status !== 200) throw new Error(`HTTP ${status}: ${text.slice(0, 200)}`);
      }),
    );
  };
  // Nobody begins at the very same moment.
  await sleep(number * 37);
  for (let turn = 0; turn < NAMES_A_ROUND; turn++) {
    const name = TYPED[(number + turn) % TYPED.length] ?? "";
    for (let length = 1; length <= name.length; length++) {
      await read(name.slice(0, length), 1);
      await sleep(KEY_MS);
    }
    for (const page of [2, 3]) {
      await read(name.slice(0, 1), page);
      await sleep(PAGE_MS);
    }
  }
}

function add(all: Times, { reads, confirms }: Times): void {
  all.reads.push(...reads);
  all.confirms.push(...confirms);
}

function compare(alone: Times, crowd: Times): Measured[] {
  console.log(`one user: ${shown(alone)}\n${USERS} users: ${shown(crowd)}`);
  return [
    {
      what: `a read among ${USERS} support users, p95, beside that of one alone`,
      value: p95Of(crowd.reads) / p95Of(alone.reads),
      bound: READ_BOUND,
      unit: "×",
    },
    {
      what: `an operator's confirm beside ${USERS} support users, against beside one`,
      value: medianOf(crowd.confirms) / medianOf(alone.confirms),
      bound: CONFIRM_BOUND,
      unit: "×",
    },
  ];
}

const shown = ({ reads, confirms }: Times): string =>
  `reads ${both(reads)} of ${reads.length}, confirms ${both(confirms)} of ${confirms.length}`;
const both = (times: number[]): string => `${medianOf(times).toFixed(1)} ms, p95 ${p95Of(times).toFixed(1)}`;

await main();
