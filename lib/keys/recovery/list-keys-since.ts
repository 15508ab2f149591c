import "server-only";
import type { KeyList, PotatoKey } from "@/lib/upstream";
import { potato } from "@/lib/upstream";
import type { KeyType } from "../types";
import { type Bounds, ListingScan } from "./listing-scan";
import { PageCursor, type PageRequest } from "./page-cursor";

const PAGE = 1000;
const MAX_PAGES = 1000;

export type Listing = {
  /** Keys that may have been made within the bounds, newest first, each once. */
  keys: PotatoKey[];
  /** Nothing within the bounds can have been overlooked. */
  complete: boolean;
};

export type ListKeys = (input: PageRequest & { type: KeyType }) => Promise<KeyList>;

/**
 * The upstream's keys of a type back to the bounds. Throws UpstreamError if a page could not be read. Keys made while
 * the pages are read only push others further back, so none is skipped. A short page proves nothing: the list has ended
 * where a page brings nothing new.
 */
export async function listKeysSince(
  keyType: KeyType,
  bounds: Bounds,
  list: ListKeys = (input) => potato().listKeys(input),
): Promise<Listing> {
  const scan = new ListingScan(keyType, bounds);
  const cursor = new PageCursor(PAGE);
  const read = async ({ page, size }: PageRequest) => {
    const { keys, unreadable, rows } = await list({ page, size, type: keyType });
    return { rows, unseen: scan.addPage(keys) + scan.addUnreadable(unreadable.map((row) => row.id)) };
  };
  const listing = (complete: boolean): Listing => ({ keys: scan.keys, complete: complete && scan.unreadable === 0 });

  for (let pages = 1; pages <= MAX_PAGES; pages++) {
    const asked = cursor.next;
    const { rows, unseen } = await read(asked);
    if (scan.passedBounds) return listing(true);
    if (rows === 0) return listing(scan.provenAtEnd);
    if (rows > asked.size) break;
    if (unseen === 0) {
      const check = cursor.straddling;
      if (!check || !scan.provenAtEnd) break;
      const last = await read(check);
      return listing(last.rows === check.rows && last.unseen === 0);
    }
    cursor.advance(rows);
  }
  return listing(false);
}
