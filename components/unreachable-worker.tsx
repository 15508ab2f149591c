"use client";

import { useEffect } from "react";

/** Registers the worker that shows a page of ours when the console can't be reached. Browsers have it on https and localhost. */
export function UnreachableWorker() {
  useEffect(() => {
    navigator.serviceWorker?.register("/unreachable-worker.js").catch(() => undefined);
  }, []);
  return null;
}
