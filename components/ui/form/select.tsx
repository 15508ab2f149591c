import clsx from "clsx";
import type { ComponentProps } from "react";
import { Icon } from "../icon";

/** The native select, styled. `className` sets its width. */
export function Select({ className, small, ...rest }: ComponentProps<"select"> & { small?: boolean }) {
  return (
    <span className={clsx("relative inline-block", className)}>
      <select
        {...rest}
        className={clsx("control", "appearance-none pe-7", small ? "h-7 text-sm" : "h-8 pointer-coarse:text-lg")}
      />
      <Icon
        name="chevron-down"
        size={14}
        className="-translate-y-1/2 pointer-events-none absolute end-2 top-1/2 text-soft"
      />
    </span>
  );
}
