import "server-only";
import { log } from "@/lib/core/log";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { type CallResult, failed, type ParseResponse } from "../call-result";
import type { CallTrace, Fault, UpstreamName, WriteOutcome } from "../types";
import { UpstreamError } from "../upstream-error";
import { callDuration } from "./call-duration";
import { acquirePermit, type CallGuard, callGuardOf } from "./call-guard";
import { clocks, elapsedMs } from "./clocks";
import type { CallLine } from "./concurrency-limiter";
import { type HttpFailure, type HttpResponse, sendHttpRequest } from "./http-exchange";
import { redact } from "./redact";
import { withRetries } from "./retry";
import { toWriteOutcome } from "./to-write-outcome";
import { recordCall } from "./upstream-health";

/** How to reach one upstream. */
export type UpstreamConfig = {
  upstream: UpstreamName;
  baseUrl: string;
  readTimeoutMs: number;
  writeTimeoutMs: number;
  allowInsecureLoopback: boolean;
  secrets: readonly string[];
  /** The process's own by default; tests bring theirs. */
  guard?: CallGuard;
};

/** A request to make. `headers` is called for each attempt: a signature holds for one. */
export type RequestSpec = {
  method: "GET" | "POST";
  path: string;
  headers: () => Record<string, string>;
  body?: string;
};

type Attempt<T> = {
  result: CallResult<T>;
  retryAfterMs: number | null;
  trace: CallTrace;
  /** Set if our own guard refused the call: in how many ms it may allow one. */
  guardRetryInMs: number | null;
};

/** Faults of the transport, which the breaker counts. An answer of the upstream's own, even a failure, is none. */
const TRANSPORT: ReadonlySet<Fault> = new Set([
  "connection_failed",
  "timeout",
  "reset",
  "cut",
  "too_large",
  "redirect",
  "http_status",
  "not_json",
]);

/** Longest message kept of an upstream, in characters. */
const MAX_MESSAGE = 500;

/** Whether something is decided by a read, or only a screen waits for it: those go last. */
export type ReadLine = Exclude<CallLine, "write">;

/** Make a write's single call. Never throws, never repeats; waiting for a slot is not part of the call's deadline. */
export async function callWrite<T>(
  config: UpstreamConfig,
  request: RequestSpec,
  parse: ParseResponse<T>,
): Promise<WriteOutcome<T>> {
  const timing = { line: "write", deadlineMs: config.writeTimeoutMs } as const;
  const { result, trace } = await attemptCall(config, request, parse, timing);
  return toWriteOutcome(result, trace);
}

/**
 * Read, with retries inside the deadline; `calls` are the attempts that were sent. Throws {@link UpstreamError} when
 * there is no answer that can be used.
 */
export async function callRead<T>(
  config: UpstreamConfig,
  request: RequestSpec,
  parse: ParseResponse<T>,
  line: ReadLine = "read",
): Promise<{ data: T; trace: CallTrace; calls: number }> {
  let made: Attempt<T> | null = null;
  let calls = 0;
  const last = await withRetries(
    async (remainingMs) => {
      const attempt = await attemptCall(config, request, parse, { line, deadlineMs: remainingMs });
      if (attempt.guardRetryInMs !== null) return attempt;
      made = attempt;
      calls += 1;
      return attempt;
    },
    { deadlineMs: config.readTimeoutMs },
  );
  // A repetition that our own guard refuses says nothing: what the call before it met is the reason.
  const { result, trace, guardRetryInMs } = made ?? last;
  if (result.kind === "done") return { data: result.data, trace, calls };
  const reason = result.kind === "refused" ? result.reason : result.fault;
  throw new UpstreamError(config.upstream, reason, result.message, trace, guardRetryInMs);
}

/** One attempt, in a span and with a line in the log: by endpoint and outcome, never with a value that was sent. */
function attemptCall<T>(
  config: UpstreamConfig,
  request: RequestSpec,
  parse: ParseResponse<T>,
  timing: { line: CallLine; deadlineMs: number },
): Promise<Attempt<T>> {
  const { upstream } = config;
  const endpoint = endpointOf(request);
  const attributes = { [ATTRIBUTE.upstream]: upstream, [ATTRIBUTE.endpoint]: endpoint };
  return withSpan(`${upstream} ${endpoint}`, attributes, async (set) => {
    const attempt = await attemptOnce(config, request, parse, timing);
    const { status, ms } = attempt.trace;
    const outcome = outcomeOf(attempt.result);
    set({ [ATTRIBUTE.outcome]: outcome, ...(status !== null && { [ATTRIBUTE.status]: status }) });
    const level = timing.line === "write" ? "info" : "debug";
    log()[level]({ upstream, endpoint, outcome, status, ms }, "upstream call");
    return attempt;
  });
}

/** Clients write their paths out; what is in a query is dropped. */
const endpointOf = ({ path }: RequestSpec): string => path.split("?", 1)[0] ?? path;

/** "done", "refused", or the fault's name: few values, none of them the upstream's text. */
const outcomeOf = (result: CallResult<unknown>): string => (result.kind === "failed" ? result.fault : result.kind);

async function attemptOnce<T>(
  config: UpstreamConfig,
  request: RequestSpec,
  parse: ParseResponse<T>,
  { line, deadlineMs }: { line: CallLine; deadlineMs: number },
): Promise<Attempt<T>> {
  const arrivedAt = clocks();
  const guard = config.guard ?? callGuardOf(config.upstream);
  const permit = await acquirePermit(guard, line, deadlineMs);
  if (typeof permit === "string")
    return { ...notAttempted(config, request, permit), guardRetryInMs: guard.breaker.state().retryInMs };
  const waitedMs = line !== "write" ? performance.now() - arrivedAt.monotonic : 0;
  try {
    // A process that was suspended meanwhile gets the slot before its own timer: what waited may be decided elsewhere by now.
    if (elapsedMs(arrivedAt) > deadlineMs) return { ...notAttempted(config, request, "timeout"), guardRetryInMs: 0 };
    const response = await sendHttpRequest({
      ...config,
      url: urlOf(config, request),
      method: request.method,
      headers: request.headers(),
      ...(request.body !== undefined && { body: request.body }),
      deadlineMs: Math.max(1, deadlineMs - waitedMs),
    });
    const result = redactMessage(toResult(response, parse), config.secrets);
    const fault = result.kind === "failed" ? result.fault : null;
    const trace = { ...response.trace, fault };
    if (fault !== "not_configured") {
      permit.release(fault && TRANSPORT.has(fault) ? "failed" : "answered");
      recordCall(config.upstream, { ...trace, fault, at: trace.endedAt });
      const labels = { upstream: config.upstream, endpoint: endpointOf(request), outcome: outcomeOf(result) };
      callDuration().observe(labels, trace.ms / 1000);
    }
    return { result, retryAfterMs: response.ok ? null : response.retryAfterMs, trace, guardRetryInMs: null };
  } finally {
    permit.release("not_attempted");
  }
}

/** A base URL may have a path of its own, which the call's path follows. */
const urlOf = (config: UpstreamConfig, request: RequestSpec): URL =>
  new URL(config.baseUrl.replace(/\/+$/, "") + request.path);

function toResult<T>(response: HttpResponse | HttpFailure, parse: ParseResponse<T>): CallResult<T> {
  if (!response.ok) return failed(response.fault, response.message);
  try {
    return parse({ status: response.status, text: response.text });
  } catch {
    return failed("wrong_shape", "the answer could not be read");
  }
}

/** An upstream may quote our key back at us. */
function redactMessage<T>(result: CallResult<T>, secrets: readonly string[]): CallResult<T> {
  if (result.kind === "done") return result;
  return { ...result, message: redact(result.message, secrets).slice(0, MAX_MESSAGE) };
}

function notAttempted(
  config: UpstreamConfig,
  request: RequestSpec,
  fault: "circuit_open" | "timeout",
): Omit<Attempt<never>, "guardRetryInMs"> {
  const now = new Date();
  const trace: CallTrace = {
    upstream: config.upstream,
    path: urlOf(config, request).pathname,
    phase: "connecting",
    status: null,
    startedAt: now,
    endedAt: now,
    ms: 0,
    body: "",
    clockOffsetMs: null,
    fault,
  };
  const message = fault === "circuit_open" ? "refused by the circuit breaker" : "no free slot within the deadline";
  return { result: failed(fault, message), retryAfterMs: null, trace };
}
