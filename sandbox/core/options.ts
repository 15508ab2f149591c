import { BadRequest } from "./bad-request.ts";
import { UPSTREAMS, type UpstreamName } from "./endpoints.ts";
import { fields } from "./fields.ts";

export type SignMode = "none" | "v1" | "v3";

export type SandboxOptions = {
  latencyMs: Record<UpstreamName, number>;
  /** Added to the latency, uniformly 0..jitterMs. */
  jitterMs: number;
  /** What `/cdkey/list` means by totalNumber: all matches, or the rows in this response. */
  totalNumber: "total" | "rows";
  ignorePaging: boolean;
  /** How code, nickname and phone filters of `/cdkey/list` match. */
  filters: "exact" | "partial";
  /** How many rows of each list response come twice. */
  duplicates: number;
  /** How many unreadable rows are added to each list response. */
  badRows: number;
  /** An array of ids with a bad one among them: refuse all of it, or destroy the others and then fail. */
  destroyArray: "all" | "each";
  sign: SignMode;
  /** The address that new keys are said to be made from. */
  keyMakerIp: string;
  /** `/api/getCardMyList` shows a key only so long after it was made, ms. */
  listLagMs: number;
  /** `/api/getCardMyList` gives at most so many rows a page, whatever was asked for; null gives what was asked for. */
  keyPageCap: number | null;
  /** Where page p of a capped list begins: after (p − 1) pages of the size asked for, or of the size given. */
  keyPageStep: "asked" | "given";
  /** What `/api/getCardMyList` answers beyond its end: nothing, or its last page again. */
  keyPageEnd: "nothing" | "repeat";
  /** How far each upstream's clock is ahead, ms. */
  clockSkewMs: Record<UpstreamName, number>;
  /** Signed requests whose `time` is further off are refused; null accepts any, as no limit is documented. */
  timeToleranceMs: number | null;
};

const perUpstream = (value: number): Record<UpstreamName, number> => ({ espai: value, potato: value, talkbot: value });

export function defaultOptions(latencyMs = 0): SandboxOptions {
  return {
    latencyMs: perUpstream(latencyMs),
    jitterMs: 0,
    totalNumber: "total",
    ignorePaging: false,
    filters: "exact",
    duplicates: 0,
    badRows: 0,
    destroyArray: "all",
    sign: "none",
    keyMakerIp: "127.0.0.1",
    listLagMs: 0,
    keyPageCap: null,
    keyPageStep: "asked",
    keyPageEnd: "nothing",
    clockSkewMs: perUpstream(0),
    timeToleranceMs: null,
  };
}

/**
 * Change some options in place. `latencyMs` and `clockSkewMs` take one number for all upstreams or an object for some.
 * All are checked before any is applied. Throws {@link BadRequest}.
 */
export function changeOptions(options: SandboxOptions, input: unknown): void {
  const next: SandboxOptions = { ...options };
  for (const [name, value] of Object.entries(fields(input))) {
    const bad = () => new BadRequest(`options.${name} has an invalid value`);
    const amount = () => {
      if (typeof value !== "number" || !(value >= 0)) throw bad();
      return value;
    };
    const one = <T extends string>(...allowed: T[]): T => {
      const found = allowed.find((candidate) => candidate === value);
      if (found === undefined) throw bad();
      return found;
    };
    if (name === "latencyMs") next.latencyMs = forUpstreams(options.latencyMs, value, 0);
    else if (name === "clockSkewMs") next.clockSkewMs = forUpstreams(options.clockSkewMs, value, -Infinity);
    else if (name === "jitterMs" || name === "duplicates" || name === "badRows" || name === "listLagMs")
      next[name] = amount();
    else if (name === "totalNumber") next.totalNumber = one("total", "rows");
    else if (name === "filters") next.filters = one("exact", "partial");
    else if (name === "destroyArray") next.destroyArray = one("all", "each");
    else if (name === "sign") next.sign = one("none", "v1", "v3");
    else if (name === "keyPageCap") next.keyPageCap = value === null ? null : Math.max(1, amount());
    else if (name === "keyPageStep") next.keyPageStep = one("asked", "given");
    else if (name === "keyPageEnd") next.keyPageEnd = one("nothing", "repeat");
    else if (name === "timeToleranceMs") next.timeToleranceMs = value === null ? null : amount();
    else if (name === "keyMakerIp" && typeof value === "string") next.keyMakerIp = value;
    else if (name === "ignorePaging" && typeof value === "boolean") next.ignorePaging = value;
    else throw bad();
  }
  Object.assign(options, next);
}

function forUpstreams(old: Record<UpstreamName, number>, value: unknown, min: number): Record<UpstreamName, number> {
  const given = typeof value === "number" ? perUpstream(value) : fields(value);
  const next = { ...old };
  for (const [name, ms] of Object.entries(given)) {
    const upstream = UPSTREAMS.find((candidate) => candidate === name);
    if (!upstream || typeof ms !== "number" || !(ms >= min)) throw new BadRequest("ms by upstream: a number each");
    next[upstream] = ms;
  }
  return next;
}
