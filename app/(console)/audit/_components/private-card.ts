/** The card behind a token. "unread": the server can't tell; "unknown": this tab has no such search. */
export type PrivateCard = { card: string } | "unread" | "unknown";

const NONE: PrivateCard = { card: "" };
const PREFIX = "cardesk.audit.";
/** Also keeps the recalled object identical between renders, as useSyncExternalStore requires. */
const remembered = new Map<string, PrivateCard>([["", NONE]]);

/** Keep a phone, code or id in this tab; returns the token that stands for it in the URL, "" for nothing. */
export function rememberCard(text: string): string {
  const card = text.trim();
  const known = [...remembered].find(([, other]) => typeof other === "object" && other.card === card);
  if (known) return known[0];
  const token = Math.random().toString(36).slice(2, 10);
  remembered.set(token, { card });
  storage()?.setItem(PREFIX + token, card);
  return token;
}

/** What is behind a token; survives a reload, not the tab. */
export function recallCard(token: string): PrivateCard {
  const stored = remembered.has(token) ? undefined : storage()?.getItem(PREFIX + token);
  const kept = remembered.get(token) ?? (stored ? { card: stored } : "unknown");
  remembered.set(token, kept);
  return kept;
}

/** No subscription: it changes by our own writes only, and those change the URL. */
export const subscribeToCard = () => () => {};
/** Before the tab can be asked. */
export const unreadCard = (token: string): PrivateCard => (token === "" ? NONE : "unread");

/** Without storage the search works, but is forgotten on reload. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
