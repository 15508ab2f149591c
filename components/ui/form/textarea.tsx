import clsx from "clsx";
import type { ComponentProps } from "react";

/** Grows with its text, from `rows` lines up. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      rows={rows}
      // With `field-sizing: content` the browser no longer heeds `rows`; 14 px are its padding and border.
      style={{ minHeight: `calc(${rows}lh + 14px)` }}
      className={clsx("control", "field-sizing-content py-1.5 read-only:bg-canvas pointer-coarse:text-lg", className)}
    />
  );
}
