import type { BackgroundActivity } from "../activity/background-activity.ts";
import { UPSTREAMS, type UpstreamName } from "../core/endpoints.ts";
import type { FaultRule } from "../faults/fault-rule.ts";
import type { ClosableServer } from "../http/closable-server.ts";
import { type SandboxContext, zeroCounts } from "../requests/sandbox-context.ts";
import { type Seeding, seedStore } from "../store/seed-store.ts";
import { type StateSummary, summarize } from "./state-summary.ts";

type Parts = {
  context: SandboxContext;
  activity: BackgroundActivity;
  servers: Record<UpstreamName, ClosableServer>;
  seeding: Seeding;
};

/** What tests and the admin API do to a running sandbox. */
export class SandboxAdmin {
  readonly context: SandboxContext;
  readonly activity: BackgroundActivity;
  #servers: Parts["servers"];
  #seeding: Seeding;
  #reopenTimers = new Set<NodeJS.Timeout>();

  constructor({ context, activity, servers, seeding }: Parts) {
    this.context = context;
    this.activity = activity;
    this.#servers = servers;
    this.#seeding = seeding;
  }

  summary(): StateSummary {
    return summarize(this.context, this.activity, this.#servers);
  }

  /** Activate these rules, instead of all others if asked. Resolves when ports that refuse are closed. */
  async addFaults(inputs: readonly unknown[], { replace = false } = {}): Promise<FaultRule[]> {
    const rules = this.context.faults.add(inputs, { replace });
    for (const rule of rules) if (rule.fault === "refuse") this.#clearLater(rule);
    await this.#openAndClosePorts();
    return rules;
  }

  /** Remove one rule, or all. Resolves when ports that no longer refuse are open again. */
  async clearFaults(id?: string): Promise<void> {
    this.context.faults.remove(id);
    await this.#openAndClosePorts();
  }

  /** What waits goes on: calls that are held or hang, and effects that come late. */
  release(): void {
    this.context.delayed.applyAll();
    this.context.held.release();
  }

  /** Seed again, and drop journal, faults, pending effects and counters; options stay. */
  async reset(seeding: Partial<Seeding> = {}): Promise<void> {
    const { context } = this;
    context.delayed.cancel();
    context.held.release();
    this.activity.stop();
    context.state.store = seedStore(
      {
        seed: seeding.seed ?? this.#seeding.seed,
        cards: seeding.cards ?? this.#seeding.cards,
        keys: seeding.keys ?? this.#seeding.keys,
      },
      Date.now(),
    );
    context.redirectTarget.hits.length = 0;
    Object.assign(context.counts, zeroCounts());
    context.changed();
    await this.clearFaults();
  }

  /** Stop all that would change the sandbox by itself. */
  stop(): void {
    for (const timer of this.#reopenTimers) clearTimeout(timer);
    this.activity.stop();
    this.context.delayed.cancel();
    this.context.held.release();
  }

  #clearLater({ id, with: { ms } }: FaultRule): void {
    if (ms === undefined) return;
    const timer = setTimeout(() => {
      this.#reopenTimers.delete(timer);
      void this.clearFaults(id);
    }, ms);
    this.#reopenTimers.add(timer);
  }

  async #openAndClosePorts(): Promise<void> {
    const { faults } = this.context;
    await Promise.all(
      UPSTREAMS.map((name) => (faults.refuses(name) ? this.#servers[name].close() : this.#servers[name].open())),
    );
  }
}
