import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Messages } from "@/components/messages";
import { enrollingContext } from "@/lib/web/auth/current-user";
import { RequiredEnrolment } from "./_components/required-enrolment";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("users.secondFactor");
  return { title: t("required.title") };
}

/** The only page of a user who must have a second factor and has none. */
export default async function SecondFactorPage() {
  const caller = await enrollingContext();
  if (!caller) redirect("/login");
  if (!caller.mustEnrol) redirect("/");
  return (
    <Messages namespaces={["users"]}>
      <RequiredEnrolment username={caller.ctx.actor.name} />
    </Messages>
  );
}
