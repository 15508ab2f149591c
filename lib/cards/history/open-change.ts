import "server-only";
import type { cardEvent } from "@/lib/db/schema";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import type { Balance } from "../types";
import { openEvent } from "./sealed-events";

type Row = typeof cardEvent.$inferSelect;

/** A row of `card_event` as a statement returns it: a bigint is text there. */
export type StoredChange = Pick<Row, "kind" | "before" | "after" | "sealed"> & { id: string };

/** A change of a card as a screen may show it: phones and codes are masked. `unreadable`: its values can't be opened. */
export type CardChange =
  | { kind: "balance"; before: Balance; after: Balance }
  | { kind: "type"; before: string | null; after: string | null }
  | { kind: "owner" | "redeemed" | "code"; before: string | null; after: string | null; unreadable?: true }
  | { kind: "gone" | "back" };

export function openChange({ kind, id, ...stored }: StoredChange): CardChange {
  if (kind === "gone" || kind === "back") return { kind };
  const values = openEvent({ ...stored, id: Number(id) });
  if (kind === "balance") return { kind, before: toBalance(stored.before), after: toBalance(stored.after) };
  if (kind === "type") return { kind, before: stored.before, after: stored.after };
  if (!values) return { kind, before: null, after: null, unreadable: true };
  const mask = kind === "code" ? maskCode : maskOwner;
  return { kind, before: values.before && mask(values.before), after: values.after && mask(values.after) };
}

const toBalance = (text: string | null): Balance => (text === null || text === "unlimited" ? text : Number(text));

/** An owner is a phone; or a user id, which tells nobody who that is. */
const maskOwner = (owner: string): string => (/^[0-9a-f]{32}$/i.test(owner) ? owner : maskPhone(owner));
