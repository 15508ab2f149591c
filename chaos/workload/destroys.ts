import { setTimeout as sleep } from "node:timers/promises";
import { RETRYABLE_STATES } from "../../lib/operations/types.ts";
import { fields } from "../../sandbox/core/fields.ts";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { callUntilAnswered } from "./call-until-answered.ts";
import { confirmRepeatedly } from "./confirm-repeatedly.ts";

/** Destroy the empty cards: each item its own card, sometimes together with another item's. */
export async function destroyCards(context: RunContext): Promise<void> {
  for (;;) {
    const item = await context.pacing.next("destroys");
    if (item === null) return;
    const random = randomOf(context.seed, "destroy", item);
    const { empty } = context.upstreams;
    const other = empty[random.int(0, empty.length - 1)] ?? "";
    const cardIds = [...new Set([empty[item % empty.length] ?? "", ...(random.next() < 0.3 ? [other] : [])])];
    await destroyOnce(context, random, cardIds);
  }
}

async function destroyOnce(context: RunContext, random: Random, cardIds: string[]): Promise<void> {
  const operationIds = await preview(context, random, { cardIds });
  if (operationIds.length === 0) return;
  const acknowledged = await confirmRepeatedly(context, random, "operations.confirmDestroyAction", { operationIds });
  const [failed] = acknowledged.filter(({ state }) => RETRYABLE_STATES.includes(state));
  const [cardId] = cardIds;
  if (!failed || !cardId || random.next() < 0.5) return;
  const again = await preview(context, random, { cardIds: [cardId], retryOf: failed.operationId });
  if (again.length > 0)
    await confirmRepeatedly(context, random, "operations.confirmDestroyAction", { operationIds: again });
}

async function preview(context: RunContext, random: Random, input: object): Promise<string[]> {
  for (let attempt = 0; attempt < 5 && !context.signal.aborted; attempt++) {
    const result = await callUntilAnswered(context, random, context.operator, "operations.previewDestroyAction", input);
    if (result?.kind === "ok") {
      const { rows } = fields(result.data);
      const ids = (Array.isArray(rows) ? rows : []).map((row: unknown) => fields(fields(row).draft).operationId);
      return ids.filter((id) => typeof id === "string");
    }
    await sleep(150);
  }
  return [];
}
