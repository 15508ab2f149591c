import type { Balance } from "@/lib/cards/types";
import type { NoteView } from "@/lib/customers/types";
import type { OperationView } from "@/lib/operations";

/**
 * Where entries come from, in the order of entries of one moment: what was first comes first here. Another kind of entry is
 * a name here, a shape in {@link TimelineEvent} and a file in `sources`.
 */
export const TIMELINE_SOURCES = ["firstSeen", "changes", "operations", "reveals", "notes", "tags"] as const;
export type TimelineSource = (typeof TIMELINE_SOURCES)[number];

/** A place in the line: that of the entry it was taken from. */
export type TimelinePlace = {
  source: TimelineSource;
  /** ISO with microseconds, UTC. */
  at: string;
  id: string;
};

/** What our operation changed about a card of the line; null: not known, or not known yet. */
export type OwnChange = { cardId: string; before: Balance; after: Balance } | { cardId: string; gone: true };

/** What happened. Phones and codes are masked. */
export type TimelineEvent =
  | { kind: "operation"; operation: OperationView; changes: OwnChange[] }
  /** Seen upstream and not ours: use, a top-up, or another program. */
  | { kind: "balance"; before: Balance; after: Balance }
  | { kind: "owner" | "redeemed" | "code"; before: string | null; after: string | null; unreadable?: true }
  | { kind: "type"; before: string | null; after: string | null }
  | { kind: "gone" | "back" | "firstSeen" }
  | { kind: "reveal"; field: "phone" | "code" | null; actorName: string }
  | { kind: "tagged" | "untagged"; tag: string; actorName: string }
  /** A person's own words, as they wrote them: see {@link NoteView}. */
  | ({ kind: "note" } & Pick<NoteView, "text" | "authorName" | "deleted">);

/** `cardId`: null for an operation, which names its cards itself, and for a note about a customer. */
export type TimelineEntry = TimelinePlace & { cardId: string | null; event: TimelineEvent };

/** Newest first. `next`: where older ones begin; null: there are none. */
export type Timeline = { entries: TimelineEntry[]; next: TimelinePlace | null };
