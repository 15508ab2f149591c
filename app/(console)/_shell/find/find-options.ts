import type { CardFilter, CardRow, FoundCustomer } from "@/lib/cards/types";
import type { Found } from "@/lib/find/types";

/** A line of the list: where it leads to, and what it shows. `note` is how it is listed among recent finds. */
export type FindOption = { key: string; note: string; target: Target } & (
  | { kind: "card"; card: CardRow }
  | { kind: "customer"; customer: FoundCustomer }
  | { kind: "key"; found: Found["keys"]["rows"][number] }
  | { kind: "batch"; found: Found["batches"]["rows"][number] }
  | { kind: "operation"; found: Found["operations"]["rows"][number] }
  | { kind: "all"; of: "cards" | "batches" | "operations"; count: number }
  | { kind: "recent" }
);

/** A page, or the card table with a filter: that may be private, and then it is in no address. */
export type Target = { href: string } | { filter: CardFilter };

export const FIND_GROUPS = ["recent", "cards", "customers", "keys", "batches", "operations"] as const;
export type FindGroup = { name: (typeof FIND_GROUPS)[number]; options: FindOption[] };

/** The list under the box, best first; groups that found nothing are left out. `text` is what was looked up. */
export function findGroups(found: Found, text: string): FindGroup[] {
  const { cards, customers, keys, batches, operations } = found;
  const groups: FindGroup[] = [
    {
      name: "cards",
      options: [
        ...cards.rows.map(
          (card): FindOption => ({
            ...{ kind: "card", key: `card-${card.id}`, card, target: { href: `/cards/${card.id}` } },
            note: [card.userName, card.maskedPhone, card.maskedCode].filter(Boolean).join(" · "),
          }),
        ),
        ...(cards.all ? [allOf("cards", cards.all.count, { filter: cards.all.filter })] : []),
      ],
    },
    {
      name: "customers",
      options: customers.map((customer) => ({
        ...{ kind: "customer", key: `customer-${customer.userId}`, customer },
        note: [customer.userName, customer.maskedPhone].filter(Boolean).join(" · "),
        target: { href: `/customers/${encodeURIComponent(customer.userId)}` },
      })),
    },
    {
      name: "keys",
      options: keys.rows.map((key) => ({
        ...{ kind: "key", key: `key-${key.id}`, found: key, note: `••••${key.last4}` },
        target: { href: `/keys/${key.batchId}` },
      })),
    },
    {
      name: "batches",
      options: [
        ...batches.rows.map(
          (batch): FindOption => ({
            ...{ kind: "batch", key: `batch-${batch.id}`, found: batch, note: batch.note || batch.id.slice(0, 8) },
            target: { href: `/keys/${batch.id}` },
          }),
        ),
        ...(batches.byNote && batches.total > 1
          ? [allOf("batches", batches.total, { href: `/keys?note=${encodeURIComponent(text)}` })]
          : []),
      ],
    },
    {
      name: "operations",
      options: [
        ...operations.rows.map(
          (operation): FindOption => ({
            ...{ kind: "operation", key: `operation-${operation.id}`, found: operation },
            note: operation.reference ?? operation.id.slice(0, 8),
            target: { href: `/operations/${operation.id}` },
          }),
        ),
        ...(operations.byReference && operations.total > 1
          ? [allOf("operations", operations.total, { href: `/operations?text=${encodeURIComponent(text)}` })]
          : []),
      ],
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

const allOf = (of: "cards" | "batches" | "operations", count: number, target: Target): FindOption => ({
  kind: "all",
  key: `all-${of}`,
  note: "",
  of,
  count,
  target,
});
