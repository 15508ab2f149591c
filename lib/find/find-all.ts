import "server-only";
import { findCards, findCustomers } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import type { Candidate } from "@/lib/format/recognize/candidate";
import { phoneAndCodeOf } from "@/lib/format/recognize/phone-and-code-of";
import { readPasted } from "@/lib/format/recognize/read-pasted";
import { recognize } from "@/lib/format/recognize/recognize";
import { findBatches, findKeys } from "@/lib/keys";
import { findOperations } from "@/lib/operations";
import type { Found } from "./types";

/**
 * Everything a pasted or typed text may mean: cards, customers, card keys, batches and operations. One query after the other,
 * each through an index: somebody who types holds one connection, not five. AppError "too_many" as in `findCards`.
 */
export async function findAll({ ctx, input: { text } }: { ctx: Ctx; input: { text: string } }): Promise<Found> {
  const candidates = recognize(text);
  const of = (kind: Candidate["kind"], ...exactness: Candidate["exactness"][]) =>
    candidates.flatMap((each) => (each.kind === kind && exactness.includes(each.exactness) ? [each.value] : []));
  const [ids, starts] = [of("id", "whole"), of("id", "start")];
  const [note = ""] = of("name", "whole");
  const operations = await findOperations({ ctx, input: { ids, starts, references: of("reference", "whole") } });
  const batches = await findBatches({ ctx, input: { ids, starts, note } });
  const { whole, ...keys } = await findKeys({ ctx, input: { keys: ids, ends: of("key", "end") } });
  const elsewhere = [...whole, ...[...operations.rows, ...batches.rows].map(({ id }) => id.replaceAll("-", ""))];
  const cards = await findCards({ ctx, input: { text, elsewhere } });
  const named = { names: of("name", "part"), ends: of("phone", "end") };
  const customers = await findCustomers({ ctx, input: { phones: of("phone", "whole"), ids, ...named } });
  const others = [
    ...operations.rows.map(({ id }) => `/operations/${id}`),
    ...batches.rows.map(({ id }) => `/keys/${id}`),
    ...keys.rows.map(({ batchId }) => `/keys/${batchId}`),
  ];
  const nothing = cards.total === 0 && others.length === 0;
  const only = cards.total === 0 && others.length === 1 ? (others[0] ?? null) : null;
  return {
    cards,
    customers,
    keys,
    // The table's filter stands in its address, where no phone and no code may.
    batches: { ...batches, byNote: batches.byNote && !candidates.some(isPrivate) },
    operations,
    jumpTo: cards.jumpTo ? `/cards/${cards.jumpTo}` : (customerMeant(cards, customers) ?? only),
    many: sheetLines(text),
    live: nothing ? phoneAndCodeOf(candidates) : null,
  };
}

/** As many as the sheet would have, so that who pasted nine lines reads nine; with fewer than two things it is no sheet. */
function sheetLines(text: string): number {
  const { lines } = readPasted(text);
  const named = lines.filter(({ phone, code, id, isGuess }) => !isGuess && (phone ?? code ?? id) !== null).length;
  return named > 1 ? lines.length : named;
}

/** The page of the one customer whose several cards were found, if nothing else was and nothing is missing. */
function customerMeant({ total, within }: Found["cards"], customers: Found["customers"]): string | null {
  const [customer, another] = customers;
  if (!customer || another || total < 2 || total > customer.cards || within?.missing.length) return null;
  return `/customers/${encodeURIComponent(customer.userId)}`;
}

/** The one it belongs to can be told by it. */
const isPrivate = ({ kind, exactness }: Candidate): boolean =>
  (kind === "phone" || kind === "code") && (exactness === "whole" || exactness === "masked");
