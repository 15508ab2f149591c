import clsx from "clsx";
import type { ComponentProps } from "react";

/** The native select, styled. `className` sets its width. */
export function Select({ className, small, ...rest }: ComponentProps<"select"> & { small?: boolean }) {
  return (
    <span className={clsx("select", className)}>
      <select
        {...rest}
        className={clsx("control", "appearance-none pe-7", small ? "h-7 text-sm" : "h-8 pointer-coarse:text-lg")}
      />
    </span>
  );
}
