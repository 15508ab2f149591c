import type { IncomingHttpHeaders } from "node:http";
// Next's own check, which no documentation names: only what passes it can be rendered. Next itself answers 500 otherwise.
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";

/** Why Next could not read the path or the headers of its own router; null if it can. */
export function headFault(path: string, headers: IncomingHttpHeaders): string | null {
  if (fails(() => decodeURIComponent(path))) return "the path has a broken percent sign";
  const state = headers["next-router-state-tree"];
  return fails(() => parseAndValidateFlightRouterState(state)) ? "next-router-state-tree can't be read" : null;
}

function fails(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
}
