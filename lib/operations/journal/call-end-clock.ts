import "server-only";
import { sharedSlot } from "@/lib/core/shared-slot";

/**
 * How long ago calls ended by this process's monotonic clock, which nobody can set: the wall clock may be set forward.
 * Kept in memory only. A call another process made, or this one before a restart, counts from when it was first noted.
 */
export class CallEndClock {
  readonly #now: () => number;
  readonly #ends = new Map<string, number>();

  /** `now` is monotonic, in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Note that an operation's call ends in `inMs` at the latest; without it, that it has ended. Only the first note counts. */
  note(operationId: string, inMs = 0): void {
    if (!this.#ends.has(operationId)) this.#ends.set(operationId, this.#now() + Math.max(0, inMs));
  }

  /** Milliseconds since the call ended, as far as this process can prove it: 0 for one it never heard of. */
  sinceEndMs(operationId: string): number {
    this.note(operationId);
    return this.#now() - (this.#ends.get(operationId) ?? this.#now());
  }

  /** Note these, each with the ms in which its call ends at the latest, and forget every other. */
  keepOnly(operations: ReadonlyMap<string, number>): void {
    for (const id of this.#ends.keys()) if (!operations.has(id)) this.#ends.delete(id);
    for (const [id, inMs] of operations) this.note(id, inMs);
  }
}

const slot = sharedSlot<CallEndClock>("call-end-clock");

/** The process's own, shared by every copy of this module. */
export function callEndClock(): CallEndClock {
  slot.value ??= new CallEndClock();
  return slot.value;
}
