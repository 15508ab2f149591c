import type { CallKind } from "../core/endpoints.ts";

/** Calls that wait, before they take effect, until they are released: whoever watches is sure to see the middle of a call. */
export class HeldCalls {
  #passes = new Map<CallKind, number>();
  #next = Promise.withResolvers<void>();

  /** Fulfilled at the next release. */
  get released(): Promise<void> {
    return this.#next.promise;
  }

  /** Hold every call of a kind from now on, after `passes` of them went through. */
  hold(kind: CallKind, passes = 0): void {
    this.#passes.set(kind, passes);
  }

  /** Wait if calls of this kind are held. */
  async pass(kind: CallKind): Promise<void> {
    const passes = this.#passes.get(kind);
    if (passes === undefined) return;
    if (passes === 0) return this.#next.promise;
    this.#passes.set(kind, passes - 1);
  }

  /** Let all waiting calls go on, and hold none any more. */
  release(): void {
    this.#passes.clear();
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }
}
