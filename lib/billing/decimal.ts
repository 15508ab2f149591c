import "server-only";
import { formatMicro } from "@/lib/format/micro";

/** Micro-units as a plain decimal with all six places, as views carry it: 200531799n → "200.531799". */
export const toDecimal = (micro: bigint): string => formatMicro(micro).replaceAll(",", "");
