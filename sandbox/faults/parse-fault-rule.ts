import { BadRequest } from "../core/bad-request.ts";
import { type Effect, effectName } from "../core/effect.ts";
import { ENDPOINTS, UPSTREAMS } from "../core/endpoints.ts";
import { FAULT_NAMES, type FaultName } from "../core/fault-names.ts";
import { fields } from "../core/fields.ts";
import { FAULT_CATALOGUE } from "./fault-catalogue.ts";
import type { FaultRule } from "./fault-rule.ts";

/** A posted rule, checked and with its defaults. Throws {@link BadRequest}. */
export function parseFaultRule(input: unknown, nextId: () => string): FaultRule {
  const given = fields(input);
  const fault = FAULT_NAMES.find((name) => name === given.fault);
  if (!fault) throw new BadRequest(`fault must be one of ${FAULT_NAMES.join(", ")}`);
  const effect = parseEffect(given.effect, fault);
  const match = parseMatch(fields(given.match));
  if (fault === "refuse" && !match.upstream)
    throw new BadRequest("refuse needs match.upstream: it stops that port from listening");
  const id = typeof given.id === "string" && given.id ? given.id : nextId();
  return {
    id,
    match,
    fault,
    effect,
    with: { ...FAULT_CATALOGUE[fault].settings, ...parseSettings(fields(given.with)) },
  };
}

function parseEffect(given: unknown, fault: FaultName): Effect {
  const allowed = FAULT_CATALOGUE[fault].effects;
  if (given === undefined) return allowed[0] === "before" ? "before" : "never";
  const late = fields(given).lateMs;
  const effect: Effect | null =
    given === "never" || given === "before" ? given : isAmount(late) ? { lateMs: late } : null;
  if (effect === null) throw new BadRequest('effect must be "never", "before" or {"lateMs": N}');
  if (!allowed.includes(effectName(effect)))
    throw new BadRequest(`${fault} can't go with effect ${effectName(effect)}, only ${allowed.join(", ")}`);
  return effect;
}

function parseMatch(given: Record<string, unknown>): FaultRule["match"] {
  const match: FaultRule["match"] = {};
  if (given.upstream !== undefined) {
    match.upstream = UPSTREAMS.find((name) => name === given.upstream);
    if (!match.upstream) throw new BadRequest(`match.upstream must be one of ${UPSTREAMS.join(", ")}`);
  }
  if (given.path !== undefined) {
    match.path = ENDPOINTS.find((endpoint) => endpoint.path === given.path)?.path;
    if (!match.path)
      throw new BadRequest(`match.path must be one of ${ENDPOINTS.map((endpoint) => endpoint.path).join(", ")}`);
  }
  if (given.kind !== undefined) {
    match.kind = ENDPOINTS.find((endpoint) => endpoint.kind === given.kind)?.kind;
    if (!match.kind)
      throw new BadRequest(`match.kind must be one of ${ENDPOINTS.map((endpoint) => endpoint.kind).join(", ")}`);
  }
  for (const name of ["nth", "count", "seed", "probability"] as const) {
    const value = given[name];
    if (value === undefined) continue;
    if (!isAmount(value)) throw new BadRequest(`match.${name} must be a number of at least 0`);
    match[name] = value;
  }
  if (given.when !== undefined) match.when = { ...fields(given.when) } as FaultRule["match"]["when"];
  return match;
}

function parseSettings(given: Record<string, unknown>): FaultRule["with"] {
  const settings: FaultRule["with"] = {};
  for (const name of ["ms", "seconds", "calls", "by"] as const) {
    const value = given[name];
    if (value === undefined) continue;
    if (!isAmount(value)) throw new BadRequest(`with.${name} must be a number of at least 0`);
    settings[name] = value;
  }
  if (typeof given.skewMs === "number") settings.skewMs = given.skewMs;
  if (typeof given.hide === "boolean") settings.hide = given.hide;
  return settings;
}

const isAmount = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;
