import { diskFull, isDiskFull } from "./disk-full.ts";
import { LaunchError } from "./launch-error.ts";

/** What the operator can act on is printed as a sentence; anything else is a fault of ours and comes with its stack. */
export function printError(error: unknown): void {
  if (error instanceof LaunchError) console.error(error.message);
  else if (isDiskFull(error)) console.error(diskFull().message);
  else console.error(error);
}
