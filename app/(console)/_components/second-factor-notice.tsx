import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import type { Ctx } from "@/lib/context";
import { readSecondFactorExposure } from "@/lib/settings";

/** For administrators: anyone on the net needs no more than a password. */
export async function SecondFactorNotice({ ctx }: { ctx: Ctx }) {
  if (!(await readSecondFactorExposure({ ctx }))) return null;
  const t = await getTranslations("shell.secondFactorNotice");
  const link = (text: ReactNode) => (
    <Link href="/account" className="text-accent underline">
      {text}
    </Link>
  );
  return (
    <Callout tone="warning" title={t("title")} className="mb-4">
      {t.rich("text", { link })}
    </Callout>
  );
}
