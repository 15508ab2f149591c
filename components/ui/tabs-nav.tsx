import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";

type Tab = { id: string; href: string; label: ReactNode; count?: ReactNode };

/** Parts of one page, as links: the URL says which one is shown. */
export function TabsNav({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-line border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          href={tab.href}
          aria-current={tab.id === current ? "page" : undefined}
          className={clsx(
            "-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 px-3 font-medium outline-offset-[-2px]",
            tab.id === current ? "border-accent text-text" : "border-transparent text-soft hover:text-text",
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="text-faint text-sm">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
