"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BottomBar } from "./bottom-bar";
import { BrandMark } from "./brand-mark";
import type { NavItem } from "./nav-item";
import { NavLinks } from "./nav-links";
import { ShortcutsDialog } from "./shortcuts-dialog";

type Props = {
  nav: readonly NavItem[];
  /** The find box; it takes the width there is. */
  find?: ReactNode;
  /** The billing widget. */
  billing?: ReactNode;
  userMenu: ReactNode;
  /** Above everything: sandbox, paused writes. */
  banners?: ReactNode;
  children: ReactNode;
};

/** The frame of every signed-in page. */
export function AppShell({ nav, find, billing, userMenu, banners, children }: Props) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#main" className="skip-link">
        {t("skip")}
      </a>
      {banners}
      <header data-print="off" className="top-bar">
        <Link
          href="/"
          prefetch={false}
          className="flex items-center gap-2 font-semibold text-lg tracking-tight lg:w-48"
        >
          <BrandMark />
          <span className="max-md:sr-only">{t("product")}</span>
        </Link>
        {find}
        <div className="ms-auto flex items-center gap-1 sm:gap-2">
          {billing}
          {userMenu}
        </div>
      </header>
      <div className="flex flex-1">
        <nav aria-label={t("navigation")} className="side-bar">
          <NavLinks items={nav} />
        </nav>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-3 pt-4 pb-24 outline-none sm:pb-8 md:px-5">
          {children}
        </main>
      </div>
      <BottomBar items={nav} />
      <ShortcutsDialog />
    </div>
  );
}
