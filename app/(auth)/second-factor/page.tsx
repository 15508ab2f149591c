import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ProveIdentity } from "@/app/(console)/_shell/prove-identity/prove-identity";
import { Messages } from "@/components/messages";
import { arePasskeysPossible } from "@/lib/users";
import { pageContext } from "@/lib/web/auth/current-user";
import { RequiredEnrolment } from "./_components/required-enrolment";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("users.secondFactor");
  return { title: t("required.title") };
}

/** The only page of a user who must have a second factor and has none. */
export default async function SecondFactorPage() {
  const { ctx, mustEnrol } = await pageContext("support", { whileEnrolling: true });
  if (!mustEnrol) redirect("/");
  return (
    <Messages namespaces={["users"]}>
      <RequiredEnrolment username={ctx.actor.name} passkeysPossible={arePasskeysPossible()} />
      <ProveIdentity username={ctx.actor.name} />
    </Messages>
  );
}
