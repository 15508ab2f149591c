import { forEachFilter, PRIVATE_FILTERS, type PrivateFilter, readFilters, writeFilters } from "@/lib/cards/types";

/** The filter behind a token. "unread": the server can't tell; "unknown": this tab has no such search. */
export type PrivateSearch = PrivateFilter | "unread" | "unknown";

const NOTHING: PrivateFilter = {};
const PREFIX = "cardesk.search.";
/** Also keeps the recalled object identical between renders, as useSyncExternalStore requires. */
const remembered = new Map<string, PrivateSearch>([["", NOTHING]]);

/** Keep the private filters in this tab; returns the token that stands for them in the URL, "" for nothing. */
export function rememberSearch(filter: PrivateFilter): string {
  const texts = writeFilters(filter);
  const kept: PrivateFilter = readFilters(forEachFilter(PRIVATE_FILTERS, (name) => texts[name])).filter;
  const stamp = JSON.stringify(kept);
  const known = [...remembered].find(([, other]) => JSON.stringify(other) === stamp);
  if (known) return known[0];
  const token = Math.random().toString(36).slice(2, 10);
  remembered.set(token, kept);
  storage()?.setItem(PREFIX + token, stamp);
  return token;
}

/** The filter behind a token; survives a reload, not the tab. */
export function recallSearch(token: string): PrivateSearch {
  const kept = remembered.get(token) ?? read(token);
  remembered.set(token, kept);
  return kept;
}

/** No subscription: it changes by our own writes only, and those change the URL. */
export const subscribeToSearch = () => () => {};
/** Before the tab can be asked. */
export const unreadSearch = (token: string): PrivateSearch => (token === "" ? NOTHING : "unread");

function read(token: string): PrivateSearch {
  try {
    const kept = JSON.parse(storage()?.getItem(PREFIX + token) ?? "null") as Record<string, unknown> | null;
    const texts = forEachFilter(PRIVATE_FILTERS, (name) => (typeof kept?.[name] === "string" ? kept[name] : ""));
    const { filter } = readFilters(texts);
    return Object.keys(filter).length > 0 ? filter : "unknown";
  } catch {
    return "unknown";
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
