"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../ui/icon";

const looks = {
  sandbox: { look: "bg-accent-wash text-accent", icon: "info" },
  danger: { look: "bg-danger-wash text-danger", icon: "danger" },
  incident: { look: "bg-warning-wash text-warning", icon: "pause" },
} as const satisfies Record<string, { look: string; icon: IconName }>;

/** One line above the whole console: that it runs on a sandbox, that writes are paused, that something is at risk. */
export function Banner({ kind, children }: { kind: keyof typeof looks; children: ReactNode }) {
  return (
    <div
      role="status"
      data-print="off"
      className={clsx("flex items-center justify-center gap-2 px-4 py-1 text-center text-sm", looks[kind].look)}
    >
      <Icon name={looks[kind].icon} size={14} />
      <span className="min-w-0">{children}</span>
    </div>
  );
}
