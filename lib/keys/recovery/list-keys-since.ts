import "server-only";
import type { KeyList, PotatoKey } from "@/lib/upstream";
import { potato } from "@/lib/upstream";
import type { KeyType } from "../types";
import { type Bounds, ListingScan } from "./listing-scan";

const PAGE = 1000;
const MAX_PAGES = 100;

export type Listing = {
  /** Keys that may have been made within the bounds, newest first, each once. */
  keys: PotatoKey[];
  /** Nothing within the bounds can have been overlooked. */
  complete: boolean;
};

type ListKeys = (input: { page: number; size: number; type: KeyType }) => Promise<KeyList>;

/**
 * The upstream's keys of a type back to the bounds. Throws UpstreamError if a page could not be read. Keys made while
 * the pages are read only push others further back, so none is skipped.
 */
export async function listKeysSince(
  keyType: KeyType,
  bounds: Bounds,
  list: ListKeys = (input) => potato().listKeys(input),
): Promise<Listing> {
  const scan = new ListingScan(keyType, bounds);
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { keys, unreadable, rows } = await list({ page, size: PAGE, type: keyType });
    const unseen = scan.addPage(keys);
    scan.addUnreadable(unreadable.map((row) => row.id));
    if (scan.passedBounds) return { keys: scan.keys, complete: scan.unreadable === 0 };
    if (rows < PAGE) return { keys: scan.keys, complete: scan.unreadable === 0 && scan.provenAtEnd };
    if (unseen === 0) break;
  }
  return { keys: scan.keys, complete: false };
}
