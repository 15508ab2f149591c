import { formatMicro, parseMicro } from "@/lib/format/micro";

/** A decimal string with separators: "200531.5" → "200,531.500000". Truncated to `fraction` places. */
export function formatDecimal(decimal: string, fraction = 6): string {
  const micro = parseMicro(decimal);
  return micro === null ? "—" : formatMicro(micro, { fraction });
}
