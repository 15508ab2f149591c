import "server-only";
import type { Talkbot, TalkbotUsageRow } from "@/lib/upstream";
import { UpstreamError } from "@/lib/upstream";

const PAGE = 100;
const MOST_PAGES = 1_000;
const ATTEMPTS = 3;

export type AllUsage = { rows: TalkbotUsageRow[]; unreadable: number };

/**
 * Every usage row since a Beijing day. A page shorter than requested does not end the list, because the upstream may
 * cap its pages; the total does, or an empty page. If the total changes between two pages, rows have moved across the
 * page border and reading starts over. Throws UpstreamError.
 */
export async function readAllUsage(source: Pick<Talkbot, "readUsage">, startDate: string): Promise<AllUsage> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const all = await readPages(source, startDate);
    if (all) return all;
  }
  throw new UpstreamError("talkbot", "wrong_shape", "the usage list kept moving while it was read");
}

async function readPages(source: Pick<Talkbot, "readUsage">, startDate: string): Promise<AllUsage | null> {
  const rows: TalkbotUsageRow[] = [];
  let unreadable = 0;
  let total: number | null | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const list = await source.readUsage({ page, size: PAGE, startDate });
    if (total !== undefined && list.total !== total) return null;
    total = list.total;
    rows.push(...list.rows);
    unreadable += list.unreadable.length;
    const empty = list.rows.length + list.unreadable.length === 0;
    if (empty || (total !== null && rows.length + unreadable >= total)) return { rows, unreadable };
  }
  throw new UpstreamError("talkbot", "too_large", `more than ${MOST_PAGES} pages of usage`);
}
