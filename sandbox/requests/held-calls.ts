import type { CallKind } from "../core/endpoints.ts";

/** Calls that wait, before they take effect, until they are released: a test sees the middle of a call for certain. */
export class HeldCalls {
  #holds = new Map<CallKind, { passes: number; end: PromiseWithResolvers<void> }>();
  #releaseAll = Promise.withResolvers<void>();

  /** Fulfilled when all calls are released next. */
  get released(): Promise<void> {
    return this.#releaseAll.promise;
  }

  /** Hold every call of a kind from now on, after `passes` of them went through. */
  hold(kind: CallKind, passes = 0): void {
    this.#holds.set(kind, { passes, end: this.#holds.get(kind)?.end ?? Promise.withResolvers() });
  }

  /** Wait if calls of this kind are held. */
  async pass(kind: CallKind): Promise<void> {
    const hold = this.#holds.get(kind);
    if (hold?.passes === 0) return hold.end.promise;
    if (hold) hold.passes -= 1;
  }

  /** Let waiting calls of a kind go on, or all, and hold such calls no more. */
  release(kind?: CallKind): void {
    for (const [held, { end }] of this.#holds) {
      if (kind && held !== kind) continue;
      this.#holds.delete(held);
      end.resolve();
    }
    if (kind) return;
    this.#releaseAll.resolve();
    this.#releaseAll = Promise.withResolvers();
  }
}
