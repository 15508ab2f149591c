import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { EarlyInputReplay } from "@/components/early-input/early-input-replay";
import { readPreferences } from "@/lib/web/preferences/read-preferences";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    robots: { index: false, follow: false },
    formatDetection: { telephone: false },
    // Nor is it offered to translate the page.
    other: { google: "notranslate" },
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, theme } = await readPreferences();
  return (
    // A browser that translates puts words of its own in the place of React's: a state or a number would then stay as it was.
    <html lang={locale} translate="no" data-theme={theme} data-now={Date.now()}>
      <body>
        <NextIntlClientProvider messages={{}}>{children}</NextIntlClientProvider>
        <EarlyInputReplay />
      </body>
    </html>
  );
}
