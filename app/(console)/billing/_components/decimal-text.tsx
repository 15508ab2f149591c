import { formatDecimal } from "@/lib/format/micro";

/** A decimal to the last digit, its fraction in smaller type. */
export function DecimalText({ value }: { value: string }) {
  const [whole, fraction] = formatDecimal(value).split(".");
  return (
    <span className="whitespace-nowrap">
      {whole}
      {fraction && <span className="font-normal text-lg text-soft tracking-normal">.{fraction}</span>}
    </span>
  );
}
