import { formatInteger } from "@/lib/format/numbers";

/** A total as people read it; `atLeast`: there are so many or more. */
export const formatTotal = (total: number, atLeast = false): string =>
  atLeast ? `≥ ${formatInteger(total)}` : formatInteger(total);
