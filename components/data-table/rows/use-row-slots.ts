import { useState } from "react";

/**
 * React keys of rows. Rows that all give way to others, as on the next page, hand their elements on: to write other texts
 * into fifty rows costs less than making them anew. Where any row stays, each keeps its own, and so its focus and its
 * menu; and what has the focus, or had it last, never becomes another row.
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
  const handsOn = !ids.some((id) => kept.has(id)) && !(lastFocused !== null && kept.has(lastFocused));
  let { unused } = before;
  const keys = ids.map((id, at) => {
    const key = handsOn ? before.keys[at] : kept.get(id);
    return key ?? unused++;
  });
  return { ids, keys, unused };
}
