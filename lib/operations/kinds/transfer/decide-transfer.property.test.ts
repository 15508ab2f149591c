import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type History,
  lookTimes,
  QUIET_S,
  seededUnit,
  simulateTransfer,
  type World,
} from "@/test/simulation/simulate-transfer";
import { decideTransfer } from "./decide-transfer";
import { explainTransfer } from "./explain-transfer";

/** What many histories came to. */
function run(
  world: World,
  count: number,
  times: readonly number[],
  { check = () => {}, clockSteps = false }: { check?: (history: History) => void; clockSteps?: boolean } = {},
) {
  const unit = seededUnit(20_260_921);
  let many = 0;
  let manyDecided = 0;
  const sum = { applied: 0, not_applied: 0, undecidable: 0, conflict: 0, open: 0, wrong: 0, readings: 0 };
  for (let i = 0; i < count; i++) {
    const history = simulateTransfer(unit, world, times, clockSteps);
    sum[history.end]++;
    sum.readings += history.readings;
    if (history.wrong) sum.wrong++;
    if (history.amount >= 20) {
      many++;
      if (history.end === "applied" || history.end === "not_applied") manyDecided++;
    }
    check(history);
  }
  return { ...sum, decided: (sum.applied + sum.not_applied) / count, manyDecided: manyDecided / many };
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

describe("simulated histories of a transfer whose answer never came", () => {
  test("while end users only consume, 1,000,000 histories end in no wrong word, and nearly all in a word", () => {
    const rolling = run("users", 800_000, lookTimes());
    const storm = run("storm", 200_000, lookTimes());
    const single = run("users", 200_000, [QUIET_S, QUIET_S + 60]);
    expect([rolling.wrong, storm.wrong, single.wrong]).toEqual([0, 0, 0]);
    expect([rolling.conflict, storm.conflict]).toEqual([0, 0]);
    expect(rolling.decided).toBeGreaterThan(0.9);
    expect(rolling.decided).toBeGreaterThan(single.decided);
    console.info(
      `1,200,000 histories, 0 wrong: decided ${percent(rolling.decided)} by the rolling baseline`,
      `(${(rolling.readings / 800_000).toFixed(1)} readings each), ${percent(single.decided)} by one reading at the end,`,
      `${percent(storm.decided)} by the rolling baseline in a storm of consumption; of transfers of 20 calls and more`,
      `${percent(rolling.manyDecided)}, ${percent(single.manyDecided)} and ${percent(storm.manyDecided)}`,
      { rolling, storm, single },
    );
  });

  test("a wall clock that is set forward makes no wrong word", () => {
    const sum = run("users", 200_000, lookTimes(), { clockSteps: true });
    expect(sum.wrong).toBe(0);
    expect(sum.decided).toBeGreaterThan(0.9);
  });

  test("top-ups and a second operator at work: no wrong word while neither card loses as much as the transfer moves", () => {
    const sum = run("outsiders", 200_000, lookTimes());
    expect(sum.wrong).toBe(0);
    expect(sum.conflict).toBeGreaterThan(0);
    console.info("200,000 histories with outsiders, 0 wrong:", sum);
  });

  test("what the rule can't promise: it is wrong only where one card lost the amount by itself and the other gained from outside", () => {
    const sum = run("anything", 200_000, lookTimes(), {
      check: ({ wrong, end, lost, gained, amount }) => {
        if (!wrong) return;
        const [loser, winner] = end === "applied" ? (["source", "target"] as const) : (["target", "source"] as const);
        if (lost[loser] < amount || gained[winner] === 0) throw new Error("a wrong word the rule does not explain");
      },
    });
    expect(sum.wrong / 200_000).toBeLessThan(0.02);
    console.info(`200,000 histories of anything at all: ${sum.wrong} wrong (${percent(sum.wrong / 200_000)})`, sum);
  });
});

const balance = fc.nat({ max: 50_000 });
const amounts = fc.record({ s0: balance, t0: balance, amount: fc.integer({ min: 1, max: 50_000 }) });
const used = fc.record({ bySource: fc.nat({ max: 60_000 }), byTarget: fc.nat({ max: 60_000 }) });

describe("decideTransfer", () => {
  test("a transfer that happened is never said not to have, whatever was consumed since", () => {
    fc.assert(
      fc.property(amounts, used, fc.boolean(), ({ s0, t0, amount }, { bySource, byTarget }, quietPeriodOver) => {
        fc.pre(amount <= s0);
        const reading = { source: Math.max(0, s0 - amount - bySource), target: Math.max(0, t0 + amount - byTarget) };
        expect(["applied", "undecided"]).toContain(
          decideTransfer({ baseline: { source: s0, target: t0 }, amount, reading, quietPeriodOver }),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  test("one that did not happen is never said to have, and is final only when the quiet period is over", () => {
    fc.assert(
      fc.property(amounts, used, fc.boolean(), ({ s0, t0, amount }, { bySource, byTarget }, quietPeriodOver) => {
        const reading = { source: Math.max(0, s0 - bySource), target: Math.max(0, t0 - byTarget) };
        const verdict = decideTransfer({ baseline: { source: s0, target: t0 }, amount, reading, quietPeriodOver });
        expect([quietPeriodOver ? "not_applied" : "pending", "undecided"]).toContain(verdict);
      }),
      { numRuns: 5_000 },
    );
  });

  test("a balance that is no number decides nothing", () => {
    const odd = fc.constantFrom("unlimited" as const, null);
    fc.assert(
      fc.property(amounts, odd, fc.boolean(), fc.boolean(), ({ s0, t0, amount }, value, first, quietPeriodOver) => {
        const reading = first ? { source: value, target: t0 } : { source: s0, target: value };
        expect(decideTransfer({ baseline: { source: s0, target: t0 }, amount, reading, quietPeriodOver })).toBe(
          "unreadable",
        );
      }),
    );
  });
});

describe("explainTransfer", () => {
  test("its two explanations are possible exactly as the decision says, and its arithmetic adds up", () => {
    fc.assert(
      fc.property(amounts, balance, balance, ({ s0, t0, amount }, source, target) => {
        const reading = { source, target };
        const { applied, notApplied } = explainTransfer({ source: s0, target: t0 }, amount, reading);
        const verdict = decideTransfer({
          baseline: { source: s0, target: t0 },
          amount,
          reading,
          quietPeriodOver: false,
        });
        const said = {
          applied: [true, false],
          pending: [false, true],
          undecided: [true, true],
          conflict: [false, false],
        };
        expect([applied.possible, notApplied.possible]).toEqual(said[verdict as keyof typeof said]);
        for (const side of [applied, notApplied]) {
          expect(side.source - side.sourceUsed).toBe(source);
          expect(side.target - side.targetUsed).toBe(target);
        }
        expect(applied.source + applied.target).toBe(notApplied.source + notApplied.target);
      }),
      { numRuns: 5_000 },
    );
  });
});
