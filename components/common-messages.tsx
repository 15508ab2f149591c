"use client";

import { useLocale } from "next-intl";
import { type ReactNode, use } from "react";
import { loadCommonMessages } from "@/lib/web/i18n/load-common-messages";
import { MergedMessages } from "./merged-messages";

/** Gives client components inside it the messages of every signed-in page, from the file at `path`. */
export function CommonMessages({ path, children }: { path: string; children: ReactNode }) {
  const messages = use(loadCommonMessages(useLocale(), path));
  return <MergedMessages messages={messages}>{children}</MergedMessages>;
}
