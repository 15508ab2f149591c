import clsx from "clsx";
import type { ComponentProps } from "react";
import { Input } from "./input";

/**
 * Whole numbers, typed as text: no wheel or arrow accidents, no "e", and pasted separators survive to the parser
 * (`parseInteger` in lib/format).
 */
export function NumberInput({ className, ...rest }: Omit<ComponentProps<typeof Input>, "type" | "inputMode">) {
  return <Input {...rest} type="text" inputMode="numeric" autoComplete="off" className={clsx("text-end", className)} />;
}
