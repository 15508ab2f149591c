import "server-only";
import type { Locale } from "../preferences/locale";
import { en } from "./messages-en";
import { zhCN } from "./messages-zh-cn";

type AllMessages = typeof zhCN;
export type Namespace = keyof AllMessages;

/** Every message of a language. Both have the same keys and arguments; a test checks that. */
export function messagesOf(locale: Locale): AllMessages {
  return locale === "en" ? (en as AllMessages) : zhCN;
}

/** The messages of some namespaces, for client components. */
export function pickMessages(locale: Locale, namespaces: readonly Namespace[]): Partial<AllMessages> {
  const all = messagesOf(locale);
  return Object.fromEntries(namespaces.map((name) => [name, all[name]]));
}
