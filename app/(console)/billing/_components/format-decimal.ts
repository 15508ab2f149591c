import { formatMicro, parseMicro } from "@/lib/format/micro";

/** A decimal as views carry it, with separators: "200531.5" → "200,531.500000". Cut to `fraction` places, never rounded up. */
export function formatDecimal(decimal: string, fraction = 6): string {
  const micro = parseMicro(decimal);
  return micro === null ? "—" : formatMicro(micro, { fraction });
}
