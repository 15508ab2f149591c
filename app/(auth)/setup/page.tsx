import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Messages } from "@/components/messages";
import { LinkGate } from "./_components/link-gate";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.setUp");
  return { title: t("resetTitle") };
}

/** Redeems one-time links: the first administrator's and those an administrator shares. */
export default function SetUpPage() {
  return (
    <Messages namespaces={["auth"]}>
      <LinkGate />
    </Messages>
  );
}
