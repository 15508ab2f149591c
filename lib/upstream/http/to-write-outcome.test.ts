import { expect, test } from "vitest";
import { failed } from "../call-result";
import type { CallPhase, CallTrace } from "../types";
import { toWriteOutcome } from "./to-write-outcome";

const traceAt = (phase: CallPhase): CallTrace => ({
  upstream: "espai",
  path: "/cdkey/transfer",
  phase,
  status: null,
  startedAt: new Date(0),
  endedAt: new Date(0),
  ms: 0,
  body: "",
  clockOffsetMs: null,
  fault: null,
});

test("the upstream's own success and listed refusal are definite", () => {
  const trace = traceAt("complete");
  expect(toWriteOutcome({ kind: "done", data: 1 }, trace)).toEqual({ kind: "done", data: 1, trace });
  const refusal = { kind: "refused", reason: "trial_card", message: "免费体验卡" } as const;
  expect(toWriteOutcome(refusal, trace)).toEqual({ ...refusal, trace });
});

test("without an answer it is not sent only if the connection never opened", () => {
  const trace = traceAt("connecting");
  expect(toWriteOutcome(failed("timeout", "late"), trace)).toEqual({ kind: "not_sent", fault: "timeout", trace });
});

test.each<CallPhase>(["connected", "headers", "body", "complete"])(
  "a failure in phase %s is unknown: the upstream may have acted",
  (phase) => {
    const trace = traceAt(phase);
    const unknown = { kind: "unknown", fault: "timeout", message: "late", trace };
    expect(toWriteOutcome(failed("timeout", "late"), trace)).toEqual(unknown);
  },
);
