import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Messages } from "@/components/messages";
import { Banner } from "@/components/shell/banner";
import { BrandMark } from "@/components/shell/brand-mark";
import { Switches } from "@/components/shell/switches";
import { env } from "@/lib/core/env";

/** One centred form: sign-in and one-time links. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("shell");
  return (
    <Messages namespaces={["ui", "shell", "errors", "upstream"]}>
      <div className="flex min-h-dvh flex-col">
        {env().SANDBOX_URL && <Banner kind="sandbox">{t("sandbox")}</Banner>}
        <header className="flex justify-end p-2">
          <Switches />
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col px-4 pt-[8vh] pb-16">
          <p className="mb-6 flex items-center gap-2.5">
            <BrandMark size={32} />
            <span>
              <span className="block font-semibold text-lg tracking-tight">{t("product")}</span>
              <span className="block text-faint text-sm">{t("tagline")}</span>
            </span>
          </p>
          <div className="rounded-lg border border-line bg-surface p-5">{children}</div>
        </main>
      </div>
    </Messages>
  );
}
