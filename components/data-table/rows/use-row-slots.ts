import { useState } from "react";

/**
 * React keys of rows. Rows most of which give way to others, as on the next page or under another filter, hand their
 * elements on: to write other texts into fifty rows costs less than making them anew. Where at least half stay, each keeps
 * its own; and what has the focus, or had it last, always does: it never becomes another row.
 */
export function useRowSlots(ids: readonly string[], lastFocused: string | null): readonly number[] {
  const [slots, setSlots] = useState(() => nextSlots(NONE, ids, null));
  if (slots.ids === ids || (slots.ids.length === ids.length && ids.every((id, at) => id === slots.ids[at]))) {
    return slots.keys;
  }
  const next = nextSlots(slots, ids, lastFocused);
  setSlots(next);
  return next.keys;
}

type Slots = { ids: readonly string[]; keys: readonly number[]; unused: number };

const NONE: Slots = { ids: [], keys: [], unused: 0 };

/** The keys of the rows that follow these. */
export function nextSlots(before: Slots, ids: readonly string[], lastFocused: string | null): Slots {
  const kept = new Map(before.ids.map((id, at) => [id, before.keys[at]]));
  const staying = ids.filter((id) => kept.has(id)).length;
  let { unused } = before;
  if (staying * 2 >= ids.length) return { ids, keys: ids.map((id) => kept.get(id) ?? unused++), unused };
  const own = lastFocused === null ? undefined : kept.get(lastFocused);
  // Place by place: were they to move up by one, the browser would scroll to keep them where they are.
  const keys = ids.map((id, at) => {
    const key = before.keys[at];
    if (own === undefined) return key ?? unused++;
    if (id === lastFocused) return own;
    return key === undefined || key === own ? unused++ : key;
  });
  return { ids, keys, unused };
}
