import type { Crowd } from "./crowd.ts";
import type { Door } from "./door.ts";
import { balanceOf } from "./store.ts";
import type { StateSummary, UpstreamName } from "./types.ts";
import type { World } from "./world.ts";

/** What GET /_sandbox/state says. */
export function summarize(world: World, crowd: Crowd, doors: Record<UpstreamName, Door>): StateSummary {
  const { store, options } = world.lab;
  let balance = 0;
  for (const card of store.cards.values()) balance += balanceOf(card) ?? 0;
  return {
    seed: store.seed,
    seededAt: store.seededAt,
    cards: store.cards.size,
    keys: store.keys.length,
    balance,
    consumed: store.consumed,
    toppedUp: store.toppedUp,
    destroyed: store.destroyed,
    journal: store.journal.length,
    pendingLate: world.late.pending,
    consumer: crowd.running,
    calls: world.counts,
    listening: { espai: doors.espai.isOpen, potato: doors.potato.isOpen, talkbot: doors.talkbot.isOpen },
    trap: world.trap,
    options,
    faults: world.faults.list().length,
  };
}
