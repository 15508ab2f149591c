import type { UpstreamName } from "../core/endpoints.ts";
import { fields } from "../core/fields.ts";
import { type Random, seededRandom } from "../core/seeded-random.ts";
import type { Call } from "../upstream/call.ts";
import { FAULT_CATALOGUE } from "./fault-catalogue.ts";
import type { FaultRule, FaultRuleStatus } from "./fault-rule.ts";
import { parseFaultRule } from "./parse-fault-rule.ts";

type Entry = { rule: FaultRule; matched: number; fired: number; random: Random };

/** The active faults, in order: the first that matches and fires applies. */
export class FaultRegistry {
  #entries: Entry[] = [];
  #lastId = 0;

  /** Activate these rules; a rule of the same id is replaced, or all rules if asked. All are checked first. */
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

  /** Whether this upstream should refuse connections. */
  refuses(upstream: UpstreamName): boolean {
    return this.#entries.some(({ rule }) => rule.fault === "refuse" && rule.match.upstream === upstream);
  }

  /** The fault that applies to this call, if any. It counts as fired. */
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
