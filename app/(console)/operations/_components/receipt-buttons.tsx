import { useTimeZone, useTranslations } from "next-intl";
import { CopyButton } from "@/components/clipboard/copy-button";
import { type Receipted, receiptsOf } from "./receipts";
import { useOperationSummary } from "./use-operation-summary";

/** Copies the receipt: for one's own file, and for each customer without the other's data. */
export function ReceiptButtons({ operation, small = false }: { operation: Receipted; small?: boolean }) {
  const t = useTranslations("operations");
  const types = useTranslations("types");
  const zone = useTimeZone();
  const summarize = useOperationSummary();
  const what = `${types(`operation.${operation.kind}`)} ${summarize(operation)}`;
  const { file, customers } = receiptsOf(operation, {
    t,
    what,
    state: types(`operationState.${operation.state}`),
    zone,
  });
  return (
    <>
      <CopyButton withText={!small} label={t("receipt.copy")} text={file} />
      {customers.map(({ side, text }) => (
        <CopyButton key={side} withText={!small} label={t(`receipt.copyFor.${side}`)} text={text} />
      ))}
    </>
  );
}
