import clsx from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";

/** 16 px on touch screens, so that iOS does not zoom in. */
export function Input({ className, mono, ...rest }: ComponentProps<"input"> & { mono?: boolean }) {
  return (
    <input
      {...rest}
      className={clsx(controlClass, "h-8 read-only:bg-canvas pointer-coarse:text-lg", mono && "font-mono", className)}
    />
  );
}
