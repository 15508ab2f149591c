import type { PrivateFilter } from "../search-params";

/** What this tab was asked to search for but must not show in the URL; forgotten with the tab. */
const remembered = new Map<string, PrivateFilter>();

/** Keep a phone or code, and give the word that stands for it in the URL; "" for nothing. */
export function rememberSearch(filter: PrivateFilter): string {
  if (!filter.phone && !filter.code) return "";
  const known = [...remembered].find(([, kept]) => kept.phone === filter.phone && kept.code === filter.code);
  const token = known?.[0] ?? (remembered.size + 1).toString(36);
  remembered.set(token, filter);
  return token;
}

const NOTHING: PrivateFilter = {};

export const recallSearch = (token: string): PrivateFilter => remembered.get(token) ?? NOTHING;
