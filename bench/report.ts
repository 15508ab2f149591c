import type { Measured } from "./measured.ts";
import { tableOf } from "./table.ts";

/** Hand over what a part measured: to bench/main.ts if it asked, else to the screen. */
export async function report(measured: Measured[]): Promise<void> {
  if (!process.send) return console.log(tableOf(measured));
  await new Promise<void>((resolve) => process.send?.(measured, undefined, undefined, () => resolve()));
  process.disconnect?.();
}
