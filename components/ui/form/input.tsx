import clsx from "clsx";
import type { ComponentProps } from "react";

type Props = ComponentProps<"input"> & { mono?: boolean; small?: boolean };

/** It fills its container: set the width there. */
export function Input({ className, mono, small, ...rest }: Props) {
  return <input {...rest} className={clsx("control", small ? "h-7 text-sm" : "h-8", mono && "font-mono", className)} />;
}
