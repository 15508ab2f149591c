import type { IncomingMessage, ServerResponse } from "node:http";
import { effectName } from "../core/effect.ts";
import { isWrite, type UpstreamName } from "../core/endpoints.ts";
import type { FaultRule } from "../faults/fault-rule.ts";
import { clockSkewOf, overrideOf } from "../faults/override.ts";
import { sendFault } from "../faults/send-fault.ts";
import { parseJson } from "../http/parse-json.ts";
import { readBody } from "../http/read-body.ts";
import { sendHtml, sendJson } from "../http/respond.ts";
import { type JournalRow, openRow, settleRow } from "../store/journal.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult } from "../upstream/upstream.ts";
import { findRoute, type Route } from "./routes.ts";
import type { SandboxContext } from "./sandbox-context.ts";

type Exchange = { url: URL; req: IncomingMessage; res: ServerResponse };

/** Handle one request to an upstream, and count it. */
export async function handleRequest(
  context: SandboxContext,
  upstream: UpstreamName,
  { url, req, res }: Exchange,
): Promise<void> {
  const route = findRoute(upstream, url.pathname);
  if (!route) return sendHtml(res, 404, "404 Not Found");
  if (route.endpoint.method !== req.method) return sendHtml(res, 405, "405 Not Allowed");
  const counts = context.counts[upstream];
  counts.total += 1;
  counts.inFlight += 1;
  counts.maxInFlight = Math.max(counts.maxInFlight, counts.inFlight);
  try {
    const text = await readBody(req);
    if (text !== null) await handleCall(context, route, text, { url, req, res });
  } finally {
    counts.inFlight -= 1;
  }
}

/** Pick a fault, wait while such calls are held and half of the latency, let the call take effect or not, wait the other half, respond. */
async function handleCall(context: SandboxContext, route: Route, text: string, exchange: Exchange): Promise<void> {
  const { state } = context;
  const { url, req, res } = exchange;
  const { upstream, path, kind } = route.endpoint;
  const { released } = context.held;
  const body = parseJson(text);
  const at = Date.now();
  const call: Call = { upstream, path, kind, headers: req.headers, query: url.searchParams, body, now: at };
  const rule = pickFault(context, call);
  if (rule) call.override = overrideOf(rule);
  const row = isWrite(kind)
    ? openRow(state.store.journal, { at, actor: "caller", upstream, path, kind, params: body, ...faultOf(rule, at) })
    : null;
  await context.held.pass(kind);
  const half = (state.options.latencyMs[upstream] + context.random.next() * state.options.jitterMs) / 2;
  if (half > 0) await context.sleep(half);
  if (context.closed) return void res.destroy();
  call.now = Date.now() + state.options.clockSkewMs[upstream] + clockSkewOf(rule);
  res.setHeader("date", new Date(call.now).toUTCString());
  const honest = takeEffect(context, route, call, row);
  if (half > 0) await context.sleep(half);
  const redirectTarget = context.redirectTarget.url;
  if (rule)
    return sendFault({ state, upstream: route.upstream, call, rule, honest, req, res, redirectTarget, released });
  if (honest) sendJson(res, 200, honest.body);
}

/** A call that followed a redirect gets no fault, else it would be redirected for ever. */
function pickFault({ counts, faults }: SandboxContext, call: Call): FaultRule | null {
  if (!call.query.has("redirected")) return faults.pick(call);
  counts[call.upstream].redirectsFollowed += 1;
  return null;
}

/** The upstream's true answer, or null for a write that has no effect now. Reads always have an answer. */
function takeEffect(context: SandboxContext, route: Route, call: Call, row: JournalRow | null): CallResult | null {
  const { state, delayed, changed } = context;
  if (row?.effect === "never") {
    changed();
    return null;
  }
  const refused = route.upstream.authorize(state, call);
  if (row?.effect === "late" && !refused) {
    delayed.schedule(row, call.override);
    changed();
    return null;
  }
  const result = refused ?? route.run(state, call);
  if (row) {
    settleRow(row, result);
    row.dueAt = null;
    changed();
  }
  return row?.effect === "late" ? null : result;
}

function faultOf(rule: FaultRule | null, at: number): Partial<JournalRow> {
  if (!rule) return {};
  const dueAt = typeof rule.effect === "string" ? null : at + rule.effect.lateMs;
  return { fault: rule.fault, rule: rule.id, effect: effectName(rule.effect), dueAt };
}
