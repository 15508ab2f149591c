import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isQuiet, planMessage, type QuietHours, quietUntil, wakes } from "./plan-message";

const zone = "Asia/Shanghai";
const MINUTE_MS = 60_000;
const night: QuietHours = { on: true, from: "22:00", to: "08:00" };

describe("quiet hours", () => {
  test.each([
    ["13:59", false],
    ["14:00", true],
    ["23:59", true],
    ["00:00", false],
  ])("over midnight in the display time zone, at %s UTC: %s", (time, quiet) => {
    expect(isQuiet(night, new Date(`2026-11-28T${time}:00Z`), zone)).toBe(quiet);
  });

  test("within a day, and off", () => {
    const noon = new Date("2026-11-28T04:30:00Z");
    expect(isQuiet({ on: true, from: "12:00", to: "13:00" }, noon, zone)).toBe(true);
    expect(isQuiet({ on: true, from: "13:00", to: "14:00" }, noon, zone)).toBe(false);
    expect(isQuiet({ on: false, from: "12:00", to: "13:00" }, noon, zone)).toBe(false);
  });
});

test("quiet hours end at their minute, on the next day too; outside there is no end", () => {
  const until = (time: string) => quietUntil(night, new Date(`2026-11-28T${time}Z`), zone)?.toISOString();
  expect(until("14:00:00")).toBe("2026-11-29T00:00:00.000Z");
  expect(until("23:59:59.999")).toBe("2026-11-29T00:00:00.000Z");
  expect(until("00:00:00")).toBeUndefined();
});

type Event = { id: number; rule: string; subject: string; kind: "fired" | "recovered"; severe: boolean };

const days = fc.record({
  perHour: fc.integer({ min: 1, max: 4 }),
  quiet: fc.boolean(),
  /** By the minute in which they happen. */
  events: fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      rule: fc.constantFrom("amount", "disk"),
      subject: fc.constantFrom("", "espai"),
      kind: fc.constantFrom("fired" as const, "recovered" as const),
      severe: fc.boolean(),
    }),
    { maxLength: 80 },
  ),
});

const thingOf = ({ rule, subject }: Event): string => `${rule} ${subject}`;

test("whatever happens over a day: bounded by the hour, quiet in quiet hours, everything told exactly once and of one thing in order", () => {
  fc.assert(
    fc.property(days, ({ perHour, quiet, events }) => {
      const start = Date.parse("2026-11-28T00:00:00Z");
      const happened = events.map((event, id) => ({ ...event, id }));
      const told: { at: number; events: Event[] }[] = [];
      let pending: Event[] = [];
      // Two days: the second has time for what was held back.
      for (let minute = 0; minute < 48 * 60; minute++) {
        pending = [...pending, ...happened.filter((event) => event.minute === minute)];
        const now = new Date(start + minute * MINUTE_MS);
        const madeAt = told.map(({ at }) => new Date(at));
        const message = planMessage({ pending, madeAt, perHour, quiet: { ...night, on: quiet }, now, zone });
        if (message.length === 0) continue;
        // Of each thing in it the last that is told wakes; what comes with it was before.
        if (isQuiet({ ...night, on: quiet }, now, zone))
          for (const things of Object.values(Object.groupBy(message, thingOf)))
            expect(things?.slice(-1).every(wakes)).toBe(true);
        told.push({ at: now.getTime(), events: message });
        pending = pending.filter((event) => !message.includes(event));
      }
      expect(told.flatMap((message) => message.events.map(({ id }) => id)).toSorted((a, b) => a - b)).toEqual(
        happened.map(({ id }) => id),
      );
      const inOrder = (list: Event[]) => Object.groupBy(list, thingOf);
      expect(inOrder(told.flatMap((message) => message.events))).toEqual(
        inOrder(happened.toSorted((a, b) => a.minute - b.minute)),
      );
      for (const { at } of told) {
        const hour = told.filter((other) => other.at <= at && other.at > at - 60 * MINUTE_MS);
        expect(hour.length).toBeLessThanOrEqual(perHour);
      }
    }),
    { numRuns: 40 },
  );
});

test("a clock that was ahead silences nobody for longer than an hour", () => {
  const now = new Date("2026-11-28T04:00:00Z");
  const pending: Event[] = [{ id: 1, rule: "amount", subject: "", kind: "fired", severe: true }];
  const plan = { pending, perHour: 1, quiet: { ...night, on: false }, zone, now };
  const ahead = (minutes: number) => [new Date(now.getTime() + minutes * MINUTE_MS)];
  // Clocks of two consoles may differ by a little: such a message counts.
  expect(planMessage({ ...plan, madeAt: ahead(1) })).toEqual([]);
  expect(planMessage({ ...plan, madeAt: ahead(24 * 60) })).toEqual(pending);
});

test("what was held back comes together in the next message", () => {
  const now = new Date("2026-11-28T04:00:00Z");
  const pending: Event[] = [1, 2, 3].map((id) => ({
    id,
    rule: "amount",
    subject: "",
    kind: "fired",
    severe: id === 2,
  }));
  const base = { pending, perHour: 1, quiet: { ...night, on: false }, zone };
  const before = (minutes: number) => [new Date(now.getTime() - minutes * MINUTE_MS)];
  expect(planMessage({ ...base, madeAt: before(59), now })).toEqual([]);
  expect(planMessage({ ...base, madeAt: before(60), now })).toEqual(pending);
});
