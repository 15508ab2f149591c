import type { Messages } from "next-intl";
import { commonNamespaces } from "./common-namespaces";

const loading = new Map<string, Promise<Partial<Messages>>>();

/** The messages of every signed-in page: a file of their own in the browser, at hand where the page is rendered. One load each. */
export function loadCommonMessages(locale: string, path: string): Promise<Partial<Messages>> {
  const known = loading.get(path);
  if (known) return known;
  const messages = typeof window === "undefined" ? fromModules(locale) : fromFile(path);
  loading.set(path, messages);
  messages.catch(() => loading.delete(path));
  return messages;
}

async function fromFile(path: string): Promise<Partial<Messages>> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`the messages were answered ${answer.status}`);
  return answer.json();
}

async function fromModules(locale: string): Promise<Partial<Messages>> {
  // Left out of what the browser gets: there, `window` is known when the page is built.
  if (typeof window !== "undefined") throw new Error("only where pages are rendered");
  const all = locale === "en" ? (await import("./messages-en")).en : (await import("./messages-zh-cn")).zhCN;
  return Object.fromEntries(commonNamespaces.map((name) => [name, all[name]]));
}
