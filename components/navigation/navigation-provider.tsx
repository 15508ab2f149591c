"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { showToast } from "../feedback/show-toast";
import { followedLink } from "./followed-link";
import { NavigationContext } from "./navigation-context";

/**
 * Knows from a click until the other page is there that one is on its way, for links as for `useNavigate`. Without a
 * network both stay: Next would load the page anew, and the browser would put its own error page in its place.
 */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const offline = useTranslations("errors")("no_connection");
  const here = `${usePathname()}?${useSearchParams()}`;
  const [coming, setComing] = useState<string | null>(null);
  // Wherever the address changed to, the wait is over; kept, it would begin again on the way back.
  const [last, setLast] = useState(here);
  if (last !== here) {
    setLast(here);
    setComing(null);
  }

  const leave = useCallback(
    (href: string) => {
      const to = new URL(href, window.location.href);
      if (!navigator.onLine) {
        void showToast("danger", offline);
        return false;
      }
      const stays = to.pathname === window.location.pathname && to.search === window.location.search;
      setComing(stays ? null : to.pathname);
      return true;
    },
    [offline],
  );

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const href = followedLink(event, window.location);
      if (href !== null && !leave(href)) event.preventDefault();
    };
    // Back to a page that the browser had kept as it was left.
    const onShow = () => setComing(null);
    document.addEventListener("click", onClick, { capture: true });
    window.addEventListener("pageshow", onShow);
    return () => {
      document.removeEventListener("click", onClick, { capture: true });
      window.removeEventListener("pageshow", onShow);
    };
  }, [leave]);

  const value = useMemo(() => ({ coming, leave }), [coming, leave]);
  return <NavigationContext value={value}>{children}</NavigationContext>;
}
