import clsx from "clsx";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";
import type { Tone } from "./tone";

const looks: Record<Tone, string> = {
  neutral: "bg-sunken text-soft",
  accent: "bg-accent-wash text-accent",
  done: "bg-done-wash text-done",
  warning: "bg-warning-wash text-warning",
  danger: "bg-danger-wash text-danger",
  unknown: "hatched text-unknown",
};

const icons: Partial<Record<Tone, IconName>> = {
  done: "check",
  warning: "warning",
  danger: "danger",
  unknown: "unknown",
};

/** A short state. Meaningful tones have an icon, so that colour is never the only sign. */
export function Badge({ tone = "neutral", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  const drawn = icon ?? icons[tone];
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 rounded-sm px-1.5 align-middle font-medium text-xs whitespace-nowrap",
        looks[tone],
      )}
    >
      {drawn && <Icon name={drawn} size={12} />}
      {tone === "unknown" ? <span className="rounded-sm bg-unknown-wash px-0.5">{children}</span> : children}
    </span>
  );
}
