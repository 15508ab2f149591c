import { FAULT_CATALOGUE } from "./fault-catalogue.ts";
import { parseFaultRule } from "./fault-rule.ts";
import { type Call, fields } from "./lab.ts";
import { type Random, seededRandom } from "./random.ts";
import type { FaultRule, FaultRuleStatus, UpstreamName } from "./types.ts";

type Entry = { rule: FaultRule; matched: number; fired: number; random: Random };

/** The faults in force, in order: the first that matches and fires wins. */
export class FaultBook {
  #entries: Entry[] = [];
  #lastId = 0;

  /** Put these rules in force, instead of all others if asked (same id always replaces). All are checked first. */
  add(inputs: readonly unknown[], { replace = false } = {}): FaultRule[] {
    const rules = inputs.map((input) => parseFaultRule(input, () => `fault-${++this.#lastId}`));
    const ids = new Set(rules.map((rule) => rule.id));
    this.#entries = replace ? [] : this.#entries.filter((entry) => !ids.has(entry.rule.id));
    for (const rule of rules) {
      this.#entries.push({ rule, matched: 0, fired: 0, random: seededRandom(rule.match.seed ?? 1) });
    }
    return rules;
  }

  /** Remove one rule, or all. */
  remove(id?: string): void {
    this.#entries = id === undefined ? [] : this.#entries.filter((entry) => entry.rule.id !== id);
  }

  list(): FaultRuleStatus[] {
    return this.#entries.map(({ rule, matched, fired }) => ({ ...rule, matched, fired }));
  }

  refuses(upstream: UpstreamName): boolean {
    return this.#entries.some(({ rule }) => rule.fault === "refuse" && rule.match.upstream === upstream);
  }

  /** The fault this call gets, if any. Counts as having fired. */
  pick(call: Call): FaultRule | null {
    for (const entry of this.#entries) {
      if (!matches(entry.rule, call)) continue;
      entry.matched += 1;
      if (!fires(entry)) continue;
      entry.fired += 1;
      return entry.rule;
    }
    return null;
  }
}

function matches({ match, fault }: FaultRule, call: Call): boolean {
  const kinds = FAULT_CATALOGUE[fault].kinds;
  if (kinds && !kinds.includes(call.kind)) return false;
  if (match.upstream && match.upstream !== call.upstream) return false;
  if (match.path && match.path !== call.path) return false;
  if (match.kind && match.kind !== call.kind) return false;
  const params = fields(call.body);
  return Object.entries(match.when ?? {}).every(([name, value]) => String(params[name]) === String(value));
}

function fires({ rule, matched, fired, random }: Entry): boolean {
  const { nth, count, probability } = rule.match;
  if (rule.fault === "login-expired-after" && matched <= (rule.with.calls ?? 0)) return false;
  if (nth !== undefined && matched < nth) return false;
  if (fired >= (count ?? (nth === undefined ? Number.POSITIVE_INFINITY : 1))) return false;
  return probability === undefined || random.next() < probability;
}
