import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Callout } from "@/components/ui/callout";
import { countFiring } from "@/lib/alerts";
import type { Ctx } from "@/lib/context";

/** For administrators: how many alerts are active, and where they are. */
export async function AlertsNotice({ ctx }: { ctx: Ctx }) {
  const count = await countFiring({ ctx });
  if (count === 0) return null;
  const t = await getTranslations("alerts.notice");
  return (
    <Callout tone="warning" title={t("title", { count })} className="mb-4">
      <Link href="/settings/alerts" className="text-accent underline">
        {t("link")}
      </Link>
    </Callout>
  );
}
