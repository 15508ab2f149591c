import type { PrivateFilter } from "../../search-params";

const NOTHING: PrivateFilter = {};
const PREFIX = "cardesk.search.";
/** Also keeps the recalled object identical between renders, as useSyncExternalStore requires. */
const remembered = new Map<string, PrivateFilter>([["", NOTHING]]);

/** Keep a phone or code in this tab; returns the token that stands for it in the URL, "" for nothing. */
export function rememberSearch(filter: PrivateFilter): string {
  if (!filter.phone && !filter.code) return "";
  const known = [...remembered].find(([, kept]) => kept.phone === filter.phone && kept.code === filter.code);
  if (known) return known[0];
  const token = Math.random().toString(36).slice(2, 10);
  remembered.set(token, filter);
  storage()?.setItem(PREFIX + token, JSON.stringify(filter));
  return token;
}

/** The filter behind a token; survives a reload, not the tab. */
export function recallSearch(token: string): PrivateFilter {
  const kept = remembered.get(token) ?? read(token);
  remembered.set(token, kept);
  return kept;
}

/** No subscription: it changes by our own writes only, and those change the URL. */
export const subscribeToSearch = () => () => {};
export const nothingRemembered = () => NOTHING;

function read(token: string): PrivateFilter {
  try {
    const { phone, code } = JSON.parse(storage()?.getItem(PREFIX + token) ?? "{}") as Record<string, unknown>;
    return {
      ...(typeof phone === "string" && { phone }),
      ...(typeof code === "string" && { code }),
    };
  } catch {
    return NOTHING;
  }
}

/** Without storage the search works, but is forgotten on reload. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
