import type { FoundCards, FoundCustomer } from "@/lib/cards/types";
import type { PhoneAndCode } from "@/lib/format/recognize/phone-and-code-of";
import type { FoundBatches, FoundKeys } from "@/lib/keys/types";
import type { FoundOperations } from "@/lib/operations/types";

/** What one text finds, in groups; phones, codes and keys are masked. */
export type Found = {
  cards: FoundCards;
  customers: FoundCustomer[];
  keys: Omit<FoundKeys, "whole">;
  batches: FoundBatches;
  operations: FoundOperations;
  /** The page of the one thing the text identifies. */
  jumpTo: string | null;
  /** Nothing has them, but with a phone and a code the upstream itself can be asked. */
  live: PhoneAndCode | null;
};
