"use client";

import { useLayoutEffect } from "react";
import { replayEarlyInput } from "./early-input";

/** Beside a whole page: its effect comes when all of it is hydrated. */
export function EarlyInputReplay() {
  useLayoutEffect(replayEarlyInput, []);
  return null;
}
