"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useComingPath } from "./navigation-context";

/** A page that is there sooner needs no sign that it is coming. */
const DELAY_MS = 100;

/** A line across the top from shortly after a click until the other page is there. */
export function NavigationBar() {
  const t = useTranslations("ui");
  const going = useComingPath() !== null;
  const [shown, setShown] = useState(false);

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
