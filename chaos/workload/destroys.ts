import { setTimeout as sleep } from "node:timers/promises";
import { RETRYABLE_STATES } from "../../lib/operations/types.ts";
import { fields } from "../../sandbox/lab.ts";
import type { Random } from "../../sandbox/random.ts";
import { askUntilAnswered, type Crew, confirmImpatiently } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";

/** Destroy the empty cards, each item its own and sometimes one of somebody else's on top. */
export async function workDestroys(crew: Crew): Promise<void> {
  for (;;) {
    const item = await crew.pace.next("destroys");
    if (item === null) return;
    const random = randomOf(crew.seed, "destroy", item);
    const { empty } = crew.upstreams;
    const other = empty[random.int(0, empty.length - 1)] ?? "";
    const cardIds = [...new Set([empty[item % empty.length] ?? "", ...(random.next() < 0.3 ? [other] : [])])];
    await destroyOnce(crew, random, cardIds);
  }
}

async function destroyOnce(crew: Crew, random: Random, cardIds: string[]): Promise<void> {
  const operationIds = await preview(crew, random, { cardIds });
  if (operationIds.length === 0) return;
  const told = await confirmImpatiently(crew, random, "operations.confirmDestroyAction", { operationIds });
  const [failed] = told.filter(({ state }) => RETRYABLE_STATES.includes(state));
  const [cardId] = cardIds;
  if (!failed || !cardId || random.next() < 0.5) return;
  const again = await preview(crew, random, { cardIds: [cardId], retryOf: failed.operationId });
  if (again.length > 0)
    await confirmImpatiently(crew, random, "operations.confirmDestroyAction", { operationIds: again });
}

async function preview(crew: Crew, random: Random, input: object): Promise<string[]> {
  for (let tries = 0; tries < 5 && !crew.signal.aborted; tries++) {
    const answer = await askUntilAnswered(crew, random, crew.operator, "operations.previewDestroyAction", input);
    if (answer?.kind === "ok") {
      const { rows } = fields(answer.data);
      const ids = (Array.isArray(rows) ? rows : []).map((row: unknown) => fields(fields(row).draft).operationId);
      return ids.filter((id) => typeof id === "string");
    }
    await sleep(150);
  }
  return [];
}
