import { customerHref } from "@/app/(console)/_customer/customer-href";
import type { CardFilter, CardRow, FoundCustomer } from "@/lib/cards/types";
import type { Found } from "@/lib/find/types";

/** A line of the list: where it leads to, and what it shows. `note` is how it is listed among recent finds. */
export type FindOption = { key: string; note: string; target: Target } & (
  | { kind: "card"; card: CardRow }
  | { kind: "customer"; customer: FoundCustomer }
  | { kind: "key"; found: Found["keys"]["rows"][number] }
  | { kind: "batch"; found: Found["batches"]["rows"][number] }
  | { kind: "operation"; found: Found["operations"]["rows"][number] }
  | { kind: "many"; count: number }
  | { kind: "all"; of: "cards" | "batches" | "operations"; count: number }
  | { kind: "recent" }
);

/** A page; or a table with a filter, or a paste for the sheet: these may be private, and then are in no address. */
export type Target = { href: string } | { filter: CardFilter } | { operations: string } | { paste: string };

export const FIND_GROUPS = ["recent", "many", "cards", "customers", "keys", "batches", "operations"] as const;
export type FindGroup = { name: (typeof FIND_GROUPS)[number]; options: FindOption[] };

/**
 * The list under the box, best first; groups that found nothing are left out. A customer who is the one thing that was meant
 * comes before their cards. `text` is what was looked up.
 */
export function findGroups(found: Found, text: string): FindGroup[] {
  const { cards, customers, keys, batches, operations } = found;
  const groups: FindGroup[] = [
    ...(found.many > 1 ? [manyOf(found.many, text)] : []),
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
        target: { href: customerHref(customer.userId) },
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
          ? [allOf("operations", operations.total, { operations: text })]
          : []),
      ],
    },
  ];
  const isMeant = ({ target }: FindOption) => "href" in target && target.href === found.jumpTo;
  const meant = groups.find(({ name, options }) => name === "customers" && options.some(isMeant));
  const ordered = meant ? [meant, ...groups.filter((group) => group !== meant)] : groups;
  return ordered.filter(({ options }) => options.length > 0);
}

/** The sheet that looks up each of the things in a text. */
const manyOf = (count: number, text: string): FindGroup => ({
  name: "many",
  options: [{ kind: "many", key: "many", note: "", count, target: { paste: text } }],
});

/** The same for a text that is too long for the list, if it seems to name several things: its lines, or what it is a list of. */
export function longTextGroups(text: string): FindGroup[] {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "").length;
  const count =
    lines > 1 ? lines : (text.match(/1[3-9]\d{9}|[0-9a-f]{32}|\b(?=\w*\d)(?=\w*[a-z])\w{8}\b/gi)?.length ?? 0);
  return count > 1 ? [manyOf(count, text)] : [];
}

const allOf = (of: "cards" | "batches" | "operations", count: number, target: Target): FindOption => ({
  kind: "all",
  key: `all-${of}`,
  note: "",
  of,
  count,
  target,
});
