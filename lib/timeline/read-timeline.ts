import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { Kinds } from "@/lib/operations";
import type { readTimelineSchema } from "./schemas";
import { byPlace, type ReadEntries } from "./source";
import { readChanges } from "./sources/read-changes";
import { readFirstSeen } from "./sources/read-first-seen";
import { readNotes } from "./sources/read-notes";
import { readOperations } from "./sources/read-operations";
import { readReveals } from "./sources/read-reveals";
import { readTags } from "./sources/read-tags";
import type { Timeline, TimelineSource } from "./types";

const SOURCES: Record<TimelineSource, ReadEntries> = {
  firstSeen: readFirstSeen,
  changes: readChanges,
  operations: readOperations,
  reveals: readReveals,
  notes: readNotes,
  tags: readTags,
};

type Input = { ctx: Ctx; input: z.output<typeof readTimelineSchema>; kinds: Kinds };

/**
 * One line of time of a card, or of all cards of a customer: newest first, a page at a time. Each source gives as many as the
 * page takes, so the page is the newest of all of them, and what it leaves out comes with the next. Phones and codes are masked.
 */
export async function readTimeline({ ctx, input, kinds }: Input): Promise<Timeline> {
  const { sources, before, limit } = input;
  const cardIds = [...new Set(input.cardIds)];
  const asked = Object.entries(SOURCES).filter(([name]) => !sources.length || sources.some((each) => each === name));
  const page = { ctx, kinds, cardIds, before, limit: limit + 1 };
  const found = (await Promise.all(asked.map(([, read]) => read(page)))).flat().sort(byPlace);
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  const next = found.length > limit && last ? { source: last.source, at: last.at, id: last.id } : null;
  return { entries, next };
}
