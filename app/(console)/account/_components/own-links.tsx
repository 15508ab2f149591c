"use client";

import { useTranslations } from "next-intl";
import { LinkState } from "@/components/sessions/link-state";
import type { LinkRow } from "@/lib/users";

/** The one-time links that were made for the user's own account, newest first. */
export function OwnLinks({ links }: { links: LinkRow[] }) {
  const t = useTranslations("users.links");
  return (
    <>
      <p className="text-soft text-sm">{t("note")}</p>
      <ul className="divide-y divide-line">
        {links.map((link) => (
          <li key={link.createdAt} className="py-2">
            <LinkState link={link} />
          </li>
        ))}
      </ul>
    </>
  );
}
