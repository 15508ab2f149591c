import type { SandboxOptions } from "../../sandbox/core/options.ts";
import { seededRandom } from "../../sandbox/core/seeded-random.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import type { CardRow } from "../../sandbox/store/card-row.ts";
import { balanceOf } from "../../sandbox/store/card-row.ts";
import type { JournalRow } from "../../sandbox/store/journal.ts";
import { putCard } from "../../sandbox/store/store.ts";

export type Upstreams = {
  sandbox: Sandbox;
  /** Ids of the cards to transfer between, and of empty cards to destroy. */
  transferable: string[];
  empty: string[];
  /** Balances and keys before the run. */
  initial: { balances: Map<string, number>; keys: Set<string> };
};

/** How PotatoCloud lists keys. */
export type KeyListing = Pick<SandboxOptions, "listLagMs" | "keyPageCap" | "keyPageStep" | "keyPageEnd">;

const CODE = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";

/** Start the sandbox in this process, where nothing kills it, with the run's own cards among the seeded ones. */
export async function startUpstreams(
  seed: number,
  cards: { transferable: number; empty: number },
  listing: KeyListing,
): Promise<Upstreams> {
  const latencyMs = { espai: 60, potato: 200, talkbot: 0 };
  const options = { latencyMs, jitterMs: 80, sign: "v3", ...listing } as const;
  const sandbox = await startSandbox({ seed, cards: 40, keys: 30, options });
  const random = seededRandom(seed);
  const card = (type: string, balance: number): CardRow => ({
    id: random.hex(32),
    create_time: Date.now() - random.int(1, 400) * 86_400_000,
    update_time: null,
    code: random.text(8, CODE),
    user_id: random.hex(32),
    api_limit: balance,
    type,
    user_phone: Number(`138${random.text(8, "0123456789")}`),
    user_name: "混沌",
  });
  const put = (row: CardRow): string => {
    putCard(sandbox.store, row);
    return row.id;
  };
  const type = () => random.pick(["1", "2", "3", "4"]);
  const ids = {
    transferable: Array.from({ length: cards.transferable }, () => put(card(type(), random.int(500, 5000)))),
    empty: Array.from({ length: cards.empty }, () => put(card(type(), 0))),
  };
  const balances = new Map([...sandbox.store.cards.values()].map((each) => [each.id, balanceOf(each) ?? 0]));
  return { sandbox, ...ids, initial: { balances, keys: new Set(sandbox.store.keys.map((key) => key.cardStr)) } };
}

/** Environment variables that point a console at this sandbox. */
export function upstreamEnv({ espai, potato, talkbot, credentials }: Sandbox): Record<string, string> {
  return {
    ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
    ESPAI_BASE_URL: espai,
    ESPAI_API_KEY: credentials.espaiKey,
    POTATO_BASE_URL: potato,
    POTATO_ASK_KEY: credentials.potatoAskKey,
    POTATO_USER_TOKEN: credentials.potatoUserToken,
    POTATO_SIGN: "v3",
    POTATO_SIGN_SECRET: credentials.potatoSignSecret,
    TALKBOT_BASE_URL: talkbot,
    TALKBOT_API_KEY: credentials.talkbotKey,
  };
}

/** Call `listener` with each journal row as it is added: a write has arrived and has had no effect yet. */
export function onWrite({ store }: Sandbox, listener: (row: JournalRow) => void): void {
  const { journal } = store;
  const push = journal.push.bind(journal);
  journal.push = (...rows) => {
    for (const row of rows) listener(row);
    return push(...rows);
  };
}
