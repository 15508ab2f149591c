import "server-only";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { CHAIN_START, type ChainKeys, type Entry, entryMac, sameMac, sealMac } from "./entry-mac.ts";
import type { NotedHead } from "./head-file.ts";

/** A number of the chain with what stands there; `entry` is null where the record is gone. */
export type Link = {
  seq: number;
  auditId: number;
  sealedAt: Date;
  mac: string;
  macKey: string;
  entry: StoredEntry | null;
};
export type StoredEntry = Entry & { id: number; mac: string | null; macKey: string | null };

/** Where the chain is read from: in pages, by number and by id. */
export type ChainSource = {
  links(after: number, limit: number): Promise<Link[]>;
  /** Records without a number. */
  unsealed(afterId: number, limit: number): Promise<StoredEntry[]>;
};

export const FAULTS = [
  "changed",
  "removed",
  "added",
  "swapped",
  "rebuilt",
  "truncated",
  "cut",
  "key_missing",
  "no_keys",
] as const;

/** The first thing that is not as it was written. */
export type ChainFault = {
  kind: (typeof FAULTS)[number];
  /** The number it is about; null for a record that has none. */
  seq: number | null;
  /** With which it changed places. */
  otherSeq?: number;
  auditId: number | null;
  at: string | null;
  action: string | null;
  actorName: string | null;
};

export type ChainReport = {
  fault: ChainFault | null;
  /** Numbers that were checked and are right. */
  checked: number;
  /** Since when records carry an HMAC from their first moment on; older ones were numbered as they were found. */
  provenFrom: { seq: number; at: string } | null;
  /** Written in the last moments, right, and without a number yet. */
  waiting: number;
  /** Heads outside the database it was compared with; null without their file. */
  heads: number | null;
};

const PAGE = 1_000;
const UNSEALED_PAGE = 5_000;
/** Records removed or added in one place that can be told by the numbers after them. */
const MOST_SHIFT = 1_000;

/**
 * Walk the chain from its first number, and compare it with the heads noted outside the database. The report names the
 * first fault. Read the heads before: while a console runs, the chain only grows.
 */
export async function verifyChain(
  source: ChainSource,
  { keys, heads }: { keys: ChainKeys; heads: NotedHead[] | null },
): Promise<ChainReport> {
  const report: ChainReport = { fault: null, checked: 0, provenFrom: null, waiting: 0, heads: heads?.length ?? null };
  if (keys.length === 0) return { ...report, fault: { ...nothing, kind: "no_keys" } };
  const noted = new Map((heads ?? []).map((head) => [head.seq, head]));
  const highest = Math.max(0, ...noted.keys());
  const conflicts = (heads ?? []).filter((head) => noted.get(head.seq)?.mac !== head.mac);

  let before = CHAIN_START;
  let links = await source.links(Number.MIN_SAFE_INTEGER, PAGE);
  if (links.length === 0 && highest > 0) return { ...report, fault: { ...nothing, kind: "truncated", seq: 1 } };
  while (links.length > 0) {
    const next = await source.links(links.at(-1)?.seq ?? 0, PAGE);
    for (const [i, link] of links.entries()) {
      const seq = report.checked + 1;
      if (link.seq !== seq) return { ...report, fault: { ...nothing, kind: "removed", seq } };
      if (!link.entry) return { ...report, fault: { ...nothing, kind: "removed", seq, auditId: link.auditId } };
      if (!keys.some(({ tag }) => tag === link.macKey))
        return { ...report, fault: { ...named(link.entry), kind: "key_missing", seq } };
      const right = linkMac(keys, link, { seq, before });
      if (right === null || !sameMac(link.mac, right)) {
        const rest = [...links.slice(i), ...next];
        return { ...report, fault: classify(rest, { keys, seq, before }) };
      }
      const head = noted.get(seq);
      const contradicted = (head && head.mac !== right) || conflicts.some((each) => each.seq === seq);
      if (contradicted) return { ...report, fault: { ...named(link.entry), kind: "rebuilt", seq } };
      before = right;
      report.checked = seq;
      if (link.entry.mac !== null) report.provenFrom ??= { seq, at: link.entry.at.toISOString() };
    }
    links = next;
    await yieldToEventLoop();
  }
  if (report.checked < highest) return { ...report, fault: { ...nothing, kind: "cut", seq: report.checked + 1 } };
  return checkUnsealed(source, keys, report);
}

/** A record without a number is one of the last moments, or nobody of ours wrote it. */
async function checkUnsealed(source: ChainSource, keys: ChainKeys, report: ChainReport): Promise<ChainReport> {
  let waiting = 0;
  for (let after = 0; ; ) {
    const page = await source.unsealed(after, UNSEALED_PAGE);
    // Before the first run nothing has a number, and what has no HMAC is older than the chain.
    const alien = page.find((entry) => !(isOwn(keys, entry) || (entry.mac === null && report.checked === 0)));
    if (alien) return { ...report, waiting, fault: { ...named(alien), kind: "added", seq: null } };
    waiting += page.length;
    after = page.at(-1)?.id ?? after;
    if (page.length < UNSEALED_PAGE) return { ...report, waiting };
  }
}

type Place = { keys: ChainKeys; seq: number; before: string };

/** What was done at the first number that does not follow from the one before. `rest` begins with it. */
function classify(rest: readonly Link[], { keys, seq, before }: Place): ChainFault {
  const [link, second, third] = rest;
  const here = { ...(link?.entry ? named(link.entry) : nothing), seq };
  if (!link?.entry) return { ...here, kind: "removed" };
  const follows = (each: Link | undefined, after: Link | undefined, shift: number) =>
    each && after && linkMac(keys, each, { seq: each.seq + shift, before: after.mac }) === each.mac;

  // The numbers behind it are genuine, and only higher or lower than they were.
  const secondWasHere = second !== undefined && linkMac(keys, second, { seq, before }) === second.mac;
  if (secondWasHere && (third ? follows(third, second, -1) : !isOwn(keys, link.entry)))
    return { ...here, kind: "added" };
  for (let shift = 1; shift <= MOST_SHIFT; shift++)
    if (follows(second, link, shift)) return { ...here, kind: "removed" };

  const other = rest.slice(1).find((each) => changedPlaces(keys, link, each, before));
  if (other) return { ...here, kind: "swapped", otherSeq: other.seq };
  const pairs = rest.slice(1).map((each, i) => [each, rest[i]] as const);
  const untouched = pairs.some(([each, after]) => follows(each, after, 0));
  if (!untouched && seq === 1 && pairs.length > 0) return { ...here, kind: "rebuilt" };
  return { ...here, kind: "changed" };
}

/** Whether what stands at `b` was sealed at the place of `a`: the records changed places, or their seals did. */
function changedPlaces(keys: ChainKeys, a: Link, b: Link, before: string): boolean {
  if (!a.entry || !b.entry) return false;
  const candidates = [a, b].flatMap((ids) =>
    [a, b].map((times) => ({ ...b, auditId: ids.auditId, sealedAt: times.sealedAt })),
  );
  const moved = candidates.map((each) => linkMac(keys, { ...each, macKey: a.macKey }, { seq: a.seq, before }));
  const stayed = linkMac(keys, { ...a, entry: a.entry, macKey: b.macKey }, { seq: a.seq, before });
  return moved.some((mac) => mac === a.mac || mac === b.mac) || stayed === b.mac;
}

function linkMac(keys: ChainKeys, link: Link, { seq, before }: { seq: number; before: string }): string | null {
  const key = keys.find(({ tag }) => tag === link.macKey);
  const { auditId, sealedAt, entry } = link;
  return key && entry ? sealMac(key.seal, { seq, before, sealedAt, auditId, entry, mac: entry.mac }) : null;
}

function isOwn(keys: ChainKeys, entry: StoredEntry): boolean {
  const key = keys.find(({ tag }) => tag === entry.macKey);
  return key !== undefined && entry.mac !== null && sameMac(entry.mac, entryMac(key.entry, entry));
}

const nothing = { seq: null, auditId: null, at: null, action: null, actorName: null };
const named = ({ id, at, action, actorName }: StoredEntry) => ({
  ...nothing,
  auditId: id,
  at: at.toISOString(),
  action,
  actorName,
});
