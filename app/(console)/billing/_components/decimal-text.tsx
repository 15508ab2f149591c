import { formatDecimal } from "./format-decimal";

/** A decimal to the last digit, with its whole part standing out: what follows the point is smaller. */
export function DecimalText({ value }: { value: string }) {
  const [whole, fraction] = formatDecimal(value).split(".");
  return (
    <span className="whitespace-nowrap">
      {whole}
      {fraction && <span className="font-normal text-lg text-soft tracking-normal">.{fraction}</span>}
    </span>
  );
}
