import type { OperationKind, OperationState } from "@/lib/operations/types";

export const FOLLOW_UP_STATES = ["open", "done"] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** "mine": what is assigned to the reader. */
export const FOLLOW_UP_WHOSE = ["mine", "all"] as const;
export type FollowUpWhose = (typeof FOLLOW_UP_WHOSE)[number];

/** The longest text of what is to be done, in characters. */
export const MAX_FOLLOW_UP_TEXT = 500;

/** Of one person so many may be open at once: everybody reads the list. */
export const MAX_OPEN_FOLLOW_UPS = 100;

/** From now until it is due, in minutes: what a form offers. */
export const DUE_IN_MINUTES = [30, 60, 120, 240, 1_440, 2_880] as const;
/** The longest time ahead: 60 days. */
export const MOST_DUE_MINUTES = 86_400;

/** Somebody a follow-up may be handed to. */
export type Colleague = { id: string; name: string };

export type FollowUpView = {
  id: string;
  card: { id: string; maskedCode: string | null; userName: string | null; maskedPhone: string | null };
  operation: { id: string; kind: OperationKind; state: OperationState } | null;
  /** What is to be done; null: it can't be opened. */
  text: string | null;
  assignedTo: Colleague;
  openedByName: string;
  openedAt: string;
  /** Null: when the operation's outcome is known. */
  dueAt: string | null;
  state: FollowUpState;
  /** Open, and its time or its outcome has come. */
  due: boolean;
  finishedAt: string | null;
  finishedByName: string | null;
};

export type FollowUpList = {
  rows: FollowUpView[];
  total: number;
  /** Everybody who can sign in: whom it may be handed to. */
  colleagues: Colleague[];
};

/** How many of one's own are due. */
export type DueCount = { due: number };
