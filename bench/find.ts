import "./aliases.ts";
import { createTestDatabase, startTestCluster } from "../test/database.ts";
import type { Measured } from "./measured.ts";
import { medianOf, quietestWindow } from "./median.ts";
import { report } from "./report.ts";

const CARDS = 200_000;
/** Median ms the find box's answer may take of our own time. */
const BOUND_MS = 60;
/** So many cards are asked for in each shape; another one warms up. */
const ROUNDS = 5;

type Sample = { id: string; code: string; phone: string; name: string; userId: string };

/** What people paste, of one card. A text of a name means many cards: there are few different names among so many. */
const SHAPES: Record<string, (card: Sample) => string> = {
  "a phone": ({ phone }) => phone,
  "a phone with +86 and spaces": ({ phone }) => `+86 ${phone.replace(/^(...)(....)/, "$1 $2 ")}`,
  "first 7 digits of a phone": ({ phone }) => phone.slice(0, 7),
  "last 4 digits": ({ phone }) => phone.slice(-4),
  "a masked phone": ({ phone }) => `${phone.slice(0, 3)}****${phone.slice(-4)}`,
  "a nickname": ({ name }) => name,
  "one character of a nickname": ({ name }) => name.slice(0, 1),
  "a nickname and last 4 digits": ({ name, phone }) => `${name} 尾号 ${phone.slice(-4)}`,
  "its pinyin": ({ name }) => pinyinOf(name, "none"),
  "its initials": ({ name }) => pinyinOf(name, "first"),
  "a code": ({ code }) => code,
  "first 4 characters of a code": ({ code }) => code.slice(0, 4),
  "a masked code": ({ code }) => `••••${code.slice(-4)}`,
  "a card's id": ({ id }) => id,
  "first 8 characters of an id": ({ id }) => id.slice(0, 8),
  "a user id": ({ userId }) => userId,
  "a chat around a phone and a code": ({ phone, code }) =>
    `老板你好，我昨天买的卡充不进去了，麻烦帮我看一下\n手机号：${phone}\n兑换码 ${code}，谢谢！`,
  "what nothing has": ({ phone }) => `${phone.slice(0, 3)}00000000`,
};

let pinyinOf: (name: string, as: "none" | "first") => string;

async function main() {
  const { database } = await import("../lib/db/client.ts");
  const { seedMirror, seedNames } = await import("../test/support/seed-mirror.ts");
  const { pinyin } = await import("pinyin-pro");
  pinyinOf = (name, as) =>
    as === "first"
      ? pinyin(name, { pattern: "first", toneType: "none", type: "array" }).join("")
      : pinyin(name, { toneType: "none", type: "array" }).join("");
  const cluster = await startTestCluster();
  const { url, ownerUrl } = await createTestDatabase();
  process.env.DATABASE_URL = url;
  const { pool } = database();
  try {
    await seedMirror(ownerUrl, CARDS);
    await seedNames(ownerUrl);
    await report(await measure());
  } finally {
    await pool.end();
    await cluster.stop();
  }
}

/** Every shape, as who sees phones and codes whole and as who sees them masked. */
async function measure(): Promise<Measured[]> {
  const { systemContext } = await import("../lib/context.ts");
  const { findAll } = await import("../lib/find/index.ts");
  const [first, ...cards] = await readSamples();
  if (!first || cards.length < ROUNDS) throw new Error("There are too few cards to ask for.");
  const measured: Measured[] = [];
  console.log(
    `ms over ${CARDS} cards: median and slowest of ${ROUNDS} cards, in the quietest of three windows (cards found)`,
  );
  for (const role of ["operator", "support"] as const) {
    const ctx = { ...systemContext(), actor: { id: null, name: "bench", role, sessionId: null } };
    for (const [shape, textOf] of Object.entries(SHAPES)) {
      const ask = (card: Sample) => findAll({ ctx, input: { text: textOf(card) } });
      const { cards: found } = await ask(first);
      const times = await quietestWindow(cards.length, (round) => ask(cards[round] ?? first));
      const median = medianOf(times);
      const numbers = `${median.toFixed(1).padStart(6)} ${Math.max(...times)
        .toFixed(1)
        .padStart(6)}`;
      console.log(`${numbers}  ${role}: ${shape} (${found.total})`);
      measured.push({
        what: `find over ${CARDS} cards, ${role}: ${shape}`,
        value: median,
        bound: BOUND_MS,
        unit: "ms",
      });
    }
  }
  return measured;
}

/** Listed cards with an owner, from all over the table. */
async function readSamples(): Promise<Sample[]> {
  const { database } = await import("../lib/db/client.ts");
  const { rows } = await database().pool.query<Sample>(`
    select id, code, phone, user_name as name, user_id as "userId" from card
    where gone_at is null and phone is not null and code ~ '[0-9]' and user_name !~ ' '
    order by md5(id) limit ${ROUNDS + 1}`);
  return rows;
}

await main();
