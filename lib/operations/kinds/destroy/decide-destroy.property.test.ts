import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideDestroy } from "./decide-destroy";

describe("decideDestroy", () => {
  const listed = fc.constantFrom(true, false, null);
  test("a card is gone only if both the look-up and a list read whole say so", () => {
    fc.assert(
      fc.property(fc.boolean(), listed, fc.boolean(), (byId, inFullList, quietPeriodOver) => {
        const verdict = decideDestroy({ byId, inFullList, quietPeriodOver });
        expect(verdict === "applied").toBe(!byId && inFullList === false);
        expect(verdict === "not_applied").toBe(byId && quietPeriodOver);
      }),
    );
  });
});
