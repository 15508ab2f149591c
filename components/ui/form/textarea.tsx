import clsx from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={clsx(
        controlClass,
        "field-sizing-content py-1.5 read-only:bg-canvas pointer-coarse:text-lg",
        className,
      )}
    />
  );
}
