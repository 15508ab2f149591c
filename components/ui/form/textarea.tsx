import clsx from "clsx";
import type { ComponentProps } from "react";

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={clsx("control", "field-sizing-content py-1.5 read-only:bg-canvas pointer-coarse:text-lg", className)}
    />
  );
}
