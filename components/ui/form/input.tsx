import clsx from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";

type Props = ComponentProps<"input"> & { mono?: boolean; small?: boolean };

/** 16 px on touch screens, so that iOS does not zoom in. It fills its container: set the width there. */
export function Input({ className, mono, small, ...rest }: Props) {
  return (
    <input
      {...rest}
      className={clsx(
        controlClass,
        small ? "h-7 text-sm" : "h-8",
        "read-only:bg-canvas pointer-coarse:text-lg",
        mono && "font-mono",
        className,
      )}
    />
  );
}
