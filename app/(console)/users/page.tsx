import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { listUsers } from "@/lib/users";
import { pageContext } from "@/lib/web/auth/current-user";
import { UsersView } from "./_components/users-view";

export async function generateMetadata() {
  const t = await getTranslations("users");
  return { title: t("title") };
}

export default async function UsersPage() {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  return (
    <Messages namespaces={["users", "approvals"]}>
      <UsersView initial={await listUsers({ ctx })} selfId={ctx.actor.id} />
    </Messages>
  );
}
