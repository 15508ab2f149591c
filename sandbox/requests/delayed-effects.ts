import { type JournalRow, settleRow } from "../store/journal.ts";
import type { Override } from "../upstream/call.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { findRoute } from "./routes.ts";

/** Writes that take effect after their caller was already shown something else. */
export class DelayedEffects {
  #state: UpstreamState;
  #changed: () => void;
  #pending = new Map<NodeJS.Timeout, () => void>();

  constructor(state: UpstreamState, changed: () => void) {
    this.#state = state;
    this.#changed = changed;
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Apply the row's call when it is due; the upstream's rules are checked then. */
  schedule(row: JournalRow, override?: Override): void {
    const delayMs = Math.max(0, (row.dueAt ?? 0) - Date.now());
    const apply = () => {
      this.#pending.delete(timer);
      this.#apply(row, override);
    };
    const timer = setTimeout(apply, delayMs);
    this.#pending.set(timer, apply);
  }

  /** Schedule the effects that were still pending when the sandbox last stopped. */
  resume(): void {
    for (const row of this.#state.store.journal) if (row.dueAt !== null) this.schedule(row);
  }

  /** Apply all that is pending now, whenever it is due. */
  applyAll(): void {
    for (const [timer, apply] of this.#pending) {
      clearTimeout(timer);
      apply();
    }
  }

  cancel(): void {
    for (const timer of this.#pending.keys()) clearTimeout(timer);
    this.#pending.clear();
  }

  #apply(row: JournalRow, override?: Override): void {
    const route = findRoute(row.upstream, row.path);
    if (!route) return;
    const { upstream, path, kind } = route.endpoint;
    const now = Date.now() + this.#state.options.clockSkewMs[upstream];
    const call = { upstream, path, kind, headers: {}, query: new URLSearchParams(), body: row.params, now, override };
    settleRow(row, route.run(this.#state, call));
    row.dueAt = null;
    this.#changed();
  }
}
