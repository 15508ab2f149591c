import { settleRow } from "./journal.ts";
import type { Call, Lab, Twist } from "./lab.ts";
import { ROUTES } from "./routes.ts";
import type { JournalRow } from "./types.ts";

/** Writes that take effect after their caller was already told something else. */
export class LateEffects {
  #lab: Lab;
  #changed: () => void;
  #timers = new Set<NodeJS.Timeout>();

  constructor(lab: Lab, changed: () => void) {
    this.#lab = lab;
    this.#changed = changed;
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Apply the row's call when it is due; the upstream's rules are checked then. */
  schedule(row: JournalRow, twist?: Twist): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        const route = ROUTES.find((candidate) => candidate.path === row.path);
        if (!route) return;
        const now = Date.now() + this.#lab.options.clockSkewMs[row.upstream];
        const { upstream, path, kind } = route;
        const call: Call = {
          upstream,
          path,
          kind,
          headers: {},
          query: new URLSearchParams(),
          body: row.params,
          now,
          twist,
        };
        settleRow(row, route.run(this.#lab, call));
        row.dueAt = null;
        this.#changed();
      },
      Math.max(0, (row.dueAt ?? 0) - Date.now()),
    );
    this.#timers.add(timer);
  }

  /** Take up what was still due when the sandbox was last stopped. */
  resume(): void {
    for (const row of this.#lab.store.journal) if (row.dueAt !== null) this.schedule(row);
  }

  cancel(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
