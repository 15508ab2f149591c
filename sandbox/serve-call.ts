import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { showFault } from "./fault-answers.ts";
import { effectName } from "./fault-rule.ts";
import { openRow, settleRow } from "./journal.ts";
import type { Call, Result, Twist } from "./lab.ts";
import { parseJson, readBody, sendHtml, sendJson } from "./respond.ts";
import { isWrite, ROUTES, type Route } from "./routes.ts";
import type { FaultRule, JournalRow, UpstreamName } from "./types.ts";
import type { World } from "./world.ts";

/** Serve one call to an upstream: pick its fault, wait, let it take effect or not, wait, answer. */
export async function serveCall(
  world: World,
  upstream: UpstreamName,
  url: URL,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const route = ROUTES.find((candidate) => candidate.upstream === upstream && candidate.path === url.pathname);
  if (!route) return sendHtml(res, 404, "404 Not Found");
  if (route.method !== req.method) return sendHtml(res, 405, "405 Not Allowed");
  const counts = world.counts[upstream];
  counts.total += 1;
  counts.inFlight += 1;
  counts.maxInFlight = Math.max(counts.maxInFlight, counts.inFlight);
  try {
    const text = await readBody(req);
    if (text === null) return;
    await answerCall(world, route, url, { text, req, res });
  } finally {
    counts.inFlight -= 1;
  }
}

type Exchange = { text: string; req: IncomingMessage; res: ServerResponse };

async function answerCall(world: World, route: Route, url: URL, { text, req, res }: Exchange): Promise<void> {
  const { lab } = world;
  const { upstream, path, kind } = route;
  const at = Date.now();
  const call: Call = {
    upstream,
    path,
    kind,
    headers: req.headers,
    query: url.searchParams,
    body: parseJson(text),
    now: at,
  };
  const followed = url.searchParams.has("redirected");
  if (followed) world.counts[upstream].redirectsFollowed += 1;
  const rule = followed ? null : world.faults.pick(call);
  if (rule) call.twist = twistOf(rule);
  const row = isWrite(kind)
    ? openRow(lab.store, { at, actor: "caller", upstream, path, kind, params: call.body, ...faultOf(rule, at) })
    : null;
  const half = (lab.options.latencyMs[upstream] + world.random.next() * lab.options.jitterMs) / 2;
  if (half > 0) await sleep(half);
  if (world.closed) return void res.destroy();
  call.now = Date.now() + lab.options.clockSkewMs[upstream] + skewOf(rule);
  const honest = takeEffect(world, route, call, row);
  if (half > 0) await sleep(half);
  if (rule) return showFault({ lab, call, rule, honest, req, res, trapUrl: world.trap.url });
  if (honest) sendJson(res, 200, honest.body);
}

/** The upstream's own answer, or null for a write that has no effect now. Reads always answer. */
function takeEffect(world: World, route: Route, call: Call, row: JournalRow | null): Result | null {
  if (row?.effect === "never") {
    world.changed();
    return null;
  }
  const refused = route.authorize(world.lab, call);
  if (row?.effect === "late" && !refused) {
    world.late.schedule(row, call.twist);
    world.changed();
    return null;
  }
  const result = refused ?? route.run(world.lab, call);
  if (row) {
    settleRow(row, result);
    row.dueAt = null;
    world.changed();
  }
  return row?.effect === "late" ? null : result;
}

function faultOf(rule: FaultRule | null, at: number): Partial<JournalRow> {
  if (!rule) return {};
  const dueAt = typeof rule.effect === "string" ? null : at + rule.effect.lateMs;
  return { fault: rule.fault, rule: rule.id, effect: effectName(rule.effect), dueAt };
}

function twistOf({ fault, with: { by, hide } }: FaultRule): Twist | undefined {
  if (fault === "keys-duplicate" || fault === "keys-fewer" || fault === "keys-more") {
    return { keys: { fault, by: by ?? 1, hide: hide ?? false } };
  }
  return fault === "destroy-partial" ? { partial: { by: by ?? null } } : undefined;
}

const skewOf = (rule: FaultRule | null): number => (rule?.fault === "clock-skew" ? (rule.with.skewMs ?? 0) : 0);
