import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { espai } from "@/lib/upstream";
import type { EffectName } from "@/sandbox/core/effect";
import type { FaultName } from "@/sandbox/core/fault-names";
import { FAULT_NAMES } from "@/sandbox/core/fault-names";
import { FAULT_CATALOGUE } from "@/sandbox/faults/fault-catalogue";
import type { FaultRuleInput } from "@/sandbox/faults/fault-rule";
import { type Draft, type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { passDeadline } from "@/test/support/pass-deadline";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import type { OperationState } from "../operation";

/**
 * Every fault the stand-in knows × {transfer, destroy} × when it takes effect, through the verbs a person's click runs,
 * and then found out: what we say must be what the upstream's own journal says, and there is never a second call.
 */

type Kind = "transfer" | "destroy";
type Cell = [fault: FaultName, kind: Kind, effect: EffectName];

const QUIET_S = 600;
const cells: Cell[] = FAULT_NAMES.flatMap((fault) => {
  const { kinds, effects } = FAULT_CATALOGUE[fault];
  return (["transfer", "destroy"] as const)
    .filter((kind) => !kinds || kinds.includes(kind))
    .flatMap((kind) => effects.map((effect): Cell => [fault, kind, effect]));
});

let room: TestRoom;
let desk: OperationDesk;
const answers = new Map<OperationState, number>();
const ends = new Map<OperationState, number>();
beforeAll(async () => {
  room = await openTestRoom();
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await room.clear();
});

test.each(cells)("%s × %s × %s", async (fault, kind, effect) => {
  const draft = kind === "transfer" ? await desk.transfer(desk.card(100), desk.card(7), 30) : await destroyEmpty();
  await arm(kind, {
    fault,
    match: { upstream: "espai", kind },
    ...(effect !== "never" && { effect: effect === "late" ? { lateMs: 3_600_000 } : effect }),
    ...(fault === "login-expired-after" && { with: { calls: 0 } }),
  });

  const { state, upstreamMessage } = await passDeadline(fault, draft.confirm, () => draft.writes().length > 0);
  count(answers, state);
  expect(draft.writes()).toHaveLength(fault === "refuse" ? 0 : 1);
  if (state === "done") expect(tookEffect(draft)).toBe(true);
  else if (state !== "unknown") expect(mayTakeEffect(draft)).toBe(false);
  expect(await desk.held(draft.id)).toBe(state !== "unknown" ? 0 : kind === "transfer" ? 2 : 1);
  expect((await draft.confirm()).state).toBe(state);

  // Only what the upstream itself said stands as its words.
  const speaks: FaultName[] = ["failure-unlisted", "destroy-partial", "drip", "refused-after-effect"];
  const spoke = state === "refused" || speaks.includes(fault);
  if (!spoke) expect(upstreamMessage).toBeNull();
  else if (fault !== "drip") expect(upstreamMessage).toMatch(/\p{Script=Han}/u);

  // Time is passed by asking, not by waiting, and what the upstream does late it does when told.
  if (state === "unknown") await findOut(draft, effect);
  const end = await desk.state(draft.id);
  count(ends, end);
  expect(["done", "applied"].includes(end)).toBe(tookEffect(draft));
  expect(await desk.held(draft.id)).toBe(0);
  expect((await draft.confirm()).state).toBe(end);
  expect(draft.writes()).toHaveLength(fault === "refuse" ? 0 : 1);
  expect(room.sandbox.context.redirectTarget.hits).toEqual([]);
});

test("the table was walked whole, and nothing stayed open", () => {
  const sum = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  expect(sum(answers)).toBe(cells.length);
  expect(sum(ends)).toBe(cells.length);
  expect(ends.get("unknown") ?? 0).toBe(0);
  console.info(`${cells.length} cells; answered`, Object.fromEntries(answers), "ended", Object.fromEntries(ends));
});

const destroyEmpty = () => desk.destroy(desk.card(0));
const count = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);
const tookEffect = (draft: Draft) => draft.writes().some((row) => row.effectAt !== null);
const mayTakeEffect = (draft: Draft) => draft.writes().some((row) => row.effectAt !== null || row.dueAt !== null);

/** Put a rule in force. A shut port must be open for the last reading and shut for the call, so that one waits. */
async function arm(kind: Kind, rule: FaultRuleInput): Promise<void> {
  if (rule.fault !== "refuse") {
    await room.sandbox.addFaults([rule]);
    return;
  }
  const client = espai();
  const { transfer, destroyCard } = client;
  const shut = () => room.sandbox.addFaults([rule]);
  if (kind === "transfer")
    vi.spyOn(client, "transfer").mockImplementation((input) => shut().then(() => transfer(input)));
  else vi.spyOn(client, "destroyCard").mockImplementation((id) => shut().then(() => destroyCard(id)));
}

async function findOut(draft: Draft, effect: EffectName): Promise<void> {
  const early = tookEffect(draft);
  expect(await desk.look(draft.id, 0)).toBe(true);
  if (early) {
    expect(await desk.state(draft.id)).toBe("applied");
    return;
  }
  if (effect === "late") {
    room.sandbox.context.delayed.applyAll();
    expect(tookEffect(draft)).toBe(true);
    await desk.look(draft.id, 30);
    expect(await desk.state(draft.id)).toBe("applied");
    return;
  }
  await desk.look(draft.id, QUIET_S - 1);
  expect(await desk.state(draft.id)).toBe("unknown");
  expect(await desk.look(draft.id, QUIET_S)).toBe(true);
  expect(await desk.state(draft.id)).toBe("not_applied");
}
