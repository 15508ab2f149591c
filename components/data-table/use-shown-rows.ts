import { useDeferredValue, useSyncExternalStore } from "react";
import { FIRST_ROWS } from "./first-rows";

const subscribe = () => () => undefined;

/**
 * How many of so many rows to show. A page that comes as HTML has those of the first screen; the others, whose data it has too,
 * follow when it can be used: the browser then has half a table less to lay out and to hydrate before that.
 */
export function useShownRows(count: number): number {
  const hydrated = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  // In slices, beside whatever the page has to do first.
  const all = useDeferredValue(hydrated);
  return all ? count : Math.min(count, FIRST_ROWS);
}
