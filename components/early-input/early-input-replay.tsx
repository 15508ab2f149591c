"use client";

import { useEffect } from "react";
import { replayEarlyInput } from "./early-input";

/** Beside a whole page: its effect comes when all of it is hydrated. */
export function EarlyInputReplay() {
  useEffect(() => {
    // Not in the effect, where React would only answer later, and an Enter would find nothing typed.
    const timer = setTimeout(replayEarlyInput);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
