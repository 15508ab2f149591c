import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { type Namespace, pickMessages } from "@/lib/web/i18n/messages";
import { MergedMessages } from "./merged-messages";

/** Gives client components inside it more messages than the root layout does: `<Messages namespaces={["cards"]}>`. */
export async function Messages({ namespaces, children }: { namespaces: Namespace[]; children: ReactNode }) {
  const messages = pickMessages(await getLocale(), namespaces);
  return <MergedMessages messages={messages}>{children}</MergedMessages>;
}
