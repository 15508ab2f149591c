import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { isConnectionFault } from "@/lib/db/errors";
import { operationReading } from "@/lib/db/schema";
import { instanceId } from "@/lib/process/instance";
import { countUnrecorded } from "@/lib/process/unrecorded-outcomes";
import { assertWritesAllowed } from "@/lib/settings";
import type { CallPhase, CallTrace, Fault, UpstreamName, WriteOutcome } from "@/lib/upstream/types";
import { assertMayWrite } from "@/lib/users";
import { callEndClock } from "../journal/call-end-clock";
import { MAX_JOURNAL_TO_CALL_MS } from "../journal/longest-call-ms";
import { secretsIn } from "../journal/sealed-params";
import { type OperationRow, transitionOperation } from "../journal/transition-operation";
import type { Reading } from "../operation";
import type { SendableKind } from "../operation-kind";
import { abortIntent, abortReason } from "./abort-intent";
import { checkRefusal } from "./check-refusal";
import { recordOutcome } from "./record-outcome";

type Sending<T> = {
  ctx: Ctx;
  kind: SendableKind<T>;
  /** An operation in state "intent", claimed by this process. */
  intent: OperationRow;
  /** What was read just before, for the journal. */
  baseline: Reading | null;
  /** Runs when the call has succeeded, before its outcome is recorded. */
  onSuccess?: () => void;
};

/** How long an answer waits for an abort to be recorded. */
const ABORT_WAIT_MS = 1_000;

/**
 * Send an operation: journal "sent" and commit, then call, check a refusal, then journal the outcome. Null: the operation was lost to a
 * concurrent writer, and nothing was sent. Throws AppError journal_unavailable if the journal could not be written,
 * "paused" or "forbidden" if writes were paused or the role was taken away meanwhile: then nothing was sent either, and
 * the intent is aborted.
 */
export function sendOperation<T>(sending: Sending<T>): Promise<OperationRow | null> {
  const { id, kind } = sending.intent;
  const attributes = { [ATTRIBUTE.operationId]: id, [ATTRIBUTE.operationKind]: kind };
  return withSpan("operation.send", attributes, async (set) => {
    const row = await journalAndSend(sending);
    if (row) set({ [ATTRIBUTE.operationState]: row.state });
    return row;
  });
}

async function journalAndSend<T>({ ctx, kind, intent, baseline, onSuccess }: Sending<T>): Promise<OperationRow | null> {
  const { id } = intent;
  const journalledAt = Date.now();
  const sent = await journalOrAbort(ctx, intent, baseline);
  if (!sent) return null;
  const stale = Date.now() - journalledAt > MAX_JOURNAL_TO_CALL_MS;
  const answer = stale ? notCalled(kind.upstream) : await callOnce(kind, intent, onSuccess);
  if (answer.kind === "unknown" || answer.kind === "refused") callEndClock().note(id);
  const checked = await checkRefusal(ctx, kind, sent, answer);
  log().info(
    { operation: id, kind: kind.name, requestId: ctx.requestId, outcome: checked.outcome.kind },
    "operation sent",
  );
  const outcome = { ctx, id, ...checked, secrets: secretsIn(sent.params) };
  return persist(
    () => recordOutcome({ ...outcome, applyOutcome: kind.applyOutcome }),
    () => recordOutcome({ ...outcome, outcome: asUnknown(checked.outcome), applyOutcome: applyNothing }),
  );
}

async function journalOrAbort(ctx: Ctx, intent: OperationRow, baseline: Reading | null): Promise<OperationRow | null> {
  try {
    return await journalSent(ctx, intent, baseline);
  } catch (error) {
    // Nothing was sent. If that can't be recorded soon, the answer does not wait for it: recovery will record it.
    const aborted = abortIntent(ctx, intent.id, abortReason(error), null).catch(() => {});
    await Promise.race([aborted, delay(ABORT_WAIT_MS, null, { ref: false })]);
    throw error;
  }
}

/**
 * Second transaction, committed before the call: what was allowed at the click must be allowed now, and to the person
 * whose operation it is, also when a job sends it. Null: lost to a concurrent writer.
 */
async function journalSent(
  ctx: Ctx,
  { id, actorId }: OperationRow,
  baseline: Reading | null,
): Promise<OperationRow | null> {
  try {
    return await ctx.db.transaction(async (tx) => {
      await assertWritesAllowed(tx);
      await assertMayWrite(tx, { id: actorId });
      const row = await transitionOperation(tx, id, "intent", "sent", {
        sentAt: ctx.now(),
        baseline,
        instanceId: instanceId(),
      });
      if (row && baseline) {
        const before = { operationId: id, at: ctx.now(), reading: baseline, conclusion: "before" };
        await tx.insert(operationReading).values(before);
      }
      return row;
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("unavailable", "journal_unavailable", { cause: error });
  }
}

async function callOnce<T>(
  { upstream, send }: SendableKind<T>,
  intent: OperationRow,
  onSuccess: () => void = () => {},
): Promise<WriteOutcome<T>> {
  const startedAt = new Date();
  try {
    const outcome = await send(intent);
    if (outcome.kind === "done") onSuccess();
    return outcome;
  } catch (error) {
    // A client never throws; if it does, the request may be out. That is "unknown", whatever the error says.
    log().error({ operation: intent.id, err: error }, "a write threw");
    return { kind: "unknown", fault: "reset", message: "", trace: ownTrace(upstream, startedAt, "connected", "reset") };
  }
}

const notCalled = (upstream: UpstreamName): WriteOutcome<never> => ({
  kind: "not_sent",
  fault: "timeout",
  trace: ownTrace(upstream, new Date(), "connecting", "timeout"),
});

/** The outcome is known and must not be lost: retry until the database is available. */
async function persist<T>(record: () => Promise<T>, fallback: () => Promise<T>): Promise<T> {
  let ownFaults = 0;
  let failed = false;
  for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      // Five faults that are not the connection's: the effects can't be stored, and "unknown" is the only safe state.
      const recorded = ownFaults < 5 ? await record() : await fallback();
      if (failed) countUnrecorded(-1);
      return recorded;
    } catch (error) {
      if (!failed) countUnrecorded(1);
      failed = true;
      if (!isConnectionFault(error)) ownFaults++;
      log().error({ err: error, wait }, "could not record an outcome yet");
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

const applyNothing = async (): Promise<void> => {};

function asUnknown<T>(outcome: WriteOutcome<T>): WriteOutcome<T> {
  const message = "message" in outcome ? outcome.message : "";
  return { kind: "unknown", fault: "wrong_shape", message, trace: outcome.trace };
}

function ownTrace(upstream: UpstreamName, startedAt: Date, phase: CallPhase, fault: Fault): CallTrace {
  const endedAt = new Date();
  const ms = endedAt.getTime() - startedAt.getTime();
  return { upstream, path: "", phase, status: null, startedAt, endedAt, ms, body: "", clockOffsetMs: null, fault };
}
