"use client";

import { useLayoutEffect } from "react";
import { replayEarlyInput } from "./early-input";

/** Beside a whole page: its effect comes when all of it is hydrated. */
export function EarlyInputReplay() {
  useLayoutEffect(() => {
    // After the commit, in which React takes no state before the last: of several fields only one would be heard. No event comes
    // before a microtask.
    queueMicrotask(replayEarlyInput);
  }, []);
  return null;
}
