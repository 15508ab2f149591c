import "server-only";
import { fault, toOutcome, type Verdict } from "../call-result";
import type { CallTrace, Fault, UpstreamName, WriteOutcome } from "../types";
import { UpstreamError } from "../upstream-error";
import { type RawAnswer, type RawFault, request } from "./http-exchange";
import { type Gate, gateOf } from "./limiter";
import { redact } from "./redact";
import { withRetries } from "./retry";
import { recordCall } from "./upstream-health";

/** How to reach one upstream. */
export type Link = {
  upstream: UpstreamName;
  baseUrl: string;
  readTimeoutMs: number;
  writeTimeoutMs: number;
  allowInsecureLoopback: boolean;
  secrets: readonly string[];
  /** The process's own by default; tests bring theirs. */
  gate?: Gate;
};

/** A call about to be made. `headers` is asked for each attempt: a signature holds for one. */
export type CallSpec = { method: "GET" | "POST"; path: string; headers: () => Record<string, string>; body?: string };

/** What a complete answer says. Must be pure; if it throws all the same, the answer counts as unreadable. */
export type Judge<T> = (answer: { status: number; text: string }) => Verdict<T>;

type Attempt<T> = { verdict: Verdict<T>; fault: Fault | null; retryAfterMs: number | null; trace: CallTrace };

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

/** Make a write's single call. Never throws, never repeats; waiting for a place is not part of the call's deadline. */
export async function callWrite<T>(link: Link, spec: CallSpec, judge: Judge<T>): Promise<WriteOutcome<T>> {
  const { verdict, trace } = await callOnce(link, spec, judge, "write", link.writeTimeoutMs);
  return toOutcome(verdict, trace);
}

/** Read, with retries inside the deadline. Throws {@link UpstreamError} when there is no answer that can be used. */
export async function callRead<T>(link: Link, spec: CallSpec, judge: Judge<T>): Promise<{ data: T; trace: CallTrace }> {
  const { verdict, trace } = await withRetries((remainingMs) => callOnce(link, spec, judge, "read", remainingMs), {
    deadlineMs: link.readTimeoutMs,
  });
  if (verdict.kind === "done") return { data: verdict.data, trace };
  const reason = verdict.kind === "refused" ? verdict.reason : verdict.fault;
  throw new UpstreamError(link.upstream, reason, verdict.message, trace);
}

async function callOnce<T>(
  link: Link,
  spec: CallSpec,
  judge: Judge<T>,
  kind: "read" | "write",
  deadlineMs: number,
): Promise<Attempt<T>> {
  const arrived = performance.now();
  const permit = await (link.gate ?? gateOf(link.upstream)).enter(kind, deadlineMs);
  if (typeof permit === "string") return neverMade(link, spec, permit);
  const waited = kind === "read" ? performance.now() - arrived : 0;
  try {
    const raw = await request({
      ...link,
      url: urlOf(link, spec),
      method: spec.method,
      headers: spec.headers(),
      ...(spec.body !== undefined && { body: spec.body }),
      deadlineMs: Math.max(1, deadlineMs - waited),
    });
    const verdict = redacted(weigh(raw, judge), link.secrets);
    const name = verdict.kind === "fault" ? verdict.fault : null;
    permit.done(name === "not_configured" ? "not_made" : name && TRANSPORT.has(name) ? "failed" : "answered");
    if (name !== "not_configured") recordCall(link.upstream, { fault: name, ms: raw.trace.ms, at: raw.trace.endedAt });
    return {
      verdict,
      fault: name,
      retryAfterMs: raw.ok ? null : raw.retryAfterMs,
      trace: { ...raw.trace, fault: name },
    };
  } finally {
    permit.done("not_made");
  }
}

/** A base URL may have a path of its own, which the call's path follows. */
const urlOf = (link: Link, spec: CallSpec): URL => new URL(link.baseUrl.replace(/\/+$/, "") + spec.path);

function weigh<T>(raw: RawAnswer | RawFault, judge: Judge<T>): Verdict<T> {
  if (!raw.ok) return fault(raw.fault, raw.message);
  try {
    return judge({ status: raw.status, text: raw.text });
  } catch {
    return fault("wrong_shape", "the answer could not be read");
  }
}

/** An upstream may quote our key back at us. */
function redacted<T>(verdict: Verdict<T>, secrets: readonly string[]): Verdict<T> {
  return verdict.kind === "done" ? verdict : { ...verdict, message: redact(verdict.message, secrets).slice(0, 500) };
}

function neverMade(link: Link, spec: CallSpec, name: Fault): Attempt<never> {
  const now = new Date();
  const trace: CallTrace = {
    upstream: link.upstream,
    path: urlOf(link, spec).pathname,
    phase: "connecting",
    status: null,
    startedAt: now,
    endedAt: now,
    ms: 0,
    body: "",
    fault: name,
  };
  const why = name === "circuit_open" ? "refused by the breaker" : "no place among the calls at a time";
  return { verdict: fault(name, why), fault: name, retryAfterMs: null, trace };
}
