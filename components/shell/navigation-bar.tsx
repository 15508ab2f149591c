"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { showToast } from "../feedback/show-toast";

/** A page that is there sooner needs no sign that it is coming. */
const DELAY_MS = 100;

/** A line across the top from shortly after a click on a link until the other page is there. */
export function NavigationBar() {
  const t = useTranslations("ui");
  const offline = useTranslations("errors")("no_connection");
  const here = `${usePathname()}?${useSearchParams()}`;
  const [left, setLeft] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const going = left === here;

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link?.href || link.target || link.download) return;
      const to = new URL(link.href);
      const same = to.pathname === window.location.pathname && to.search === window.location.search;
      if (to.origin !== window.location.origin || same) return;
      if (navigator.onLine) return setLeft(here);
      // Without a network the browser would put its own error page in the place of what is still shown.
      event.preventDefault();
      void showToast("danger", offline);
    };
    document.addEventListener("click", onClick, { capture: true });
    return () => document.removeEventListener("click", onClick, { capture: true });
  }, [here, offline]);

  useEffect(() => {
    if (!going) return setShown(false);
    const timer = setTimeout(() => setShown(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, [going]);

  if (!going || !shown) return null;
  return (
    <div
      role="progressbar"
      aria-label={t("loading")}
      className="fixed inset-x-0 top-0 z-50 h-0.5 bg-accent motion-safe:animate-pulse"
    />
  );
}
