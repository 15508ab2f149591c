import "server-only";
import { createHash } from "node:crypto";
import { type Locale, locales } from "../preferences/locale";
import { commonNamespaces } from "./common-namespaces";
import { pickMessages } from "./messages";

type CommonMessages = { text: string; version: string };

const versionOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

const files = new Map<Locale, CommonMessages>(
  locales.map((locale) => {
    const text = JSON.stringify(pickMessages(locale, commonNamespaces));
    return [locale, { text, version: versionOf(text) }];
  }),
);

/** The messages of every signed-in page as a file, and what changes when it does. */
export function commonMessages(locale: Locale): CommonMessages {
  const file = files.get(locale);
  if (!file) throw new Error(`no messages in ${locale}`);
  return file;
}

/** Where that file is; a browser may keep it for ever. */
export const commonMessagesPath = (locale: Locale): string =>
  `/api/messages?locale=${locale}&version=${commonMessages(locale).version}`;
