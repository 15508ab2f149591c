import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Callout } from "@/components/ui/callout";
import { listFiring } from "@/lib/alerts";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";

/** For administrators: which alerts are active, and where they are. */
export async function AlertsNotice({ ctx }: { ctx: Ctx }) {
  const firing = await listFiring({ ctx });
  if (firing.length === 0) return null;
  const t = await getTranslations("alerts");
  const names = [...new Set(firing)].map((rule) => t(`rules.${rule}.name`)).join(t("notice.joiner"));
  return (
    <Callout tone="warning" title={t("notice.title", { count: firing.length, names })} className="mb-4">
      {/* A stranger's first look: nothing is wrong. */}
      {env().SANDBOX_URL && firing.includes("drift") && <p>{t("notice.sandboxDrift")}</p>}
      <Link href="/settings/alerts" className="text-accent underline">
        {t("notice.link")}
      </Link>
    </Callout>
  );
}
