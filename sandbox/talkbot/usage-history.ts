import { beijingTime } from "../core/beijing-time.ts";
import { type Random, seededRandom } from "../core/seeded-random.ts";

const STEP_MS = 20 * 60_000;
const HISTORY_DAYS = 45;
type Model = { name: string; prompt: number; completion: number };
/** Millionths per 1,000 tokens. */
const MODELS: readonly [Model, ...Model[]] = [
  { name: "gpt-3.5-turbo", prompt: 500, completion: 1500 },
  { name: "gpt-4o-mini", prompt: 150, completion: 600 },
  { name: "gpt-4o", prompt: 2500, completion: 10_000 },
  { name: "claude-3-5-sonnet", prompt: 3000, completion: 15_000 },
];

export type UsageRow = {
  at: number;
  /** Millionths of the account's currency. */
  costMicros: number;
  row: Record<string, string>;
};

/**
 * Talk-Bot's usage: about one row every 20 minutes, from 45 days before the seeding until `now`. It depends on seed and
 * time only, so that the remaining amount never rises and is the same after a restart.
 */
export function usageHistory(seed: number, seededAt: number, now: number): UsageRow[] {
  const random = seededRandom(seed);
  const start = seededAt - HISTORY_DAYS * 86_400_000;
  const rows: UsageRow[] = [];
  for (let slot = start; slot <= now; slot += STEP_MS) {
    const row = usageRow(random, slot);
    if (row.at <= now) rows.push(row);
  }
  return rows;
}

function usageRow(random: Random, slot: number): UsageRow {
  const model = random.pick(MODELS);
  const promptTokens = random.int(5, 4000);
  const completionTokens = random.int(20, 2500);
  const costMicros = Math.ceil((promptTokens * model.prompt + completionTokens * model.completion) / 1000);
  const at = slot + random.int(0, STEP_MS / 2);
  return {
    at,
    costMicros,
    row: {
      name: model.name,
      cost: decimal6(costMicros),
      completionTokens: String(completionTokens),
      promptTokens: String(promptTokens),
      number: "0",
      createTime: beijingTime(at),
    },
  };
}

/** Millionths as a decimal with six places. */
export function decimal6(micros: number): string {
  const digits = String(micros).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
