import clsx from "clsx";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type CalloutTone = "info" | "done" | "warning" | "danger" | "unknown";

const looks: Record<CalloutTone, { box: string; ink: string; icon: IconName }> = {
  info: { box: "border-s-accent bg-accent-wash", ink: "text-accent", icon: "info" },
  done: { box: "border-s-done bg-done-wash", ink: "text-done", icon: "check" },
  warning: { box: "border-s-warning bg-warning-wash", ink: "text-warning", icon: "warning" },
  danger: { box: "border-s-danger bg-danger-wash", ink: "text-danger", icon: "danger" },
  unknown: { box: "border-s-unknown bg-unknown-wash", ink: "text-unknown", icon: "unknown" },
};

type Props = {
  tone?: CalloutTone;
  title?: ReactNode;
  /** Announce it when it appears: "alert" at once, "status" when the reader pauses. */
  role?: "alert" | "status";
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** A notice about the content around it. */
export function Callout({ tone = "info", title, role, actions, className, children }: Props) {
  const look = looks[tone];
  return (
    <div role={role} className={clsx("overflow-hidden rounded-md border-s-3", look.box, className)}>
      {tone === "unknown" && <div aria-hidden="true" className="hatched h-1.5" />}
      <div className="flex gap-2.5 px-3 py-2">
        <Icon name={look.icon} className={clsx("mt-[3px]", look.ink)} />
        <div className="min-w-0 flex-1">
          {title && <p className={clsx("font-medium", look.ink)}>{title}</p>}
          {children && <div className="text-text [overflow-wrap:anywhere]">{children}</div>}
          {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
    </div>
  );
}
