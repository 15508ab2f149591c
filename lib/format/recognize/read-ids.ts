import type { Candidate } from "./candidate";
import type { UnreadText } from "./unread-text";

/** 32 hex digits at once, as a uuid, or in groups as keys are read out. */
const WHOLE =
  /(?<![0-9a-z])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}(?:[- ][0-9a-f]{8}){3}|[0-9a-f]{4}(?:[- ][0-9a-f]{4}){7})(?![0-9a-z])/gi;
/** "id4bc3a9" may be a code. */
const LABELLED =
  /(?:编号|批次|操作号|\b(?:user[_ ]?)?id(?![0-9a-z]))\s*(?:号|是|为|is)?\s*[:=#]?\s*["“'「]?([0-9a-f]{6,31})(?![0-9a-z])/gi;
/** Cut within a group or behind it. */
const UUID_START =
  /(?<![0-9a-z-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){0,2}(?:[0-9a-f]{1,4}|[0-9a-f]{4}-[0-9a-f]{1,11})(?![0-9a-z-])/gi;
const START = /(?<![0-9a-z-])(?:[0-9a-f]{8}-[0-9a-f-]{1,27}|[0-9a-f]{6,31})(?![0-9a-z])/gi;

const plain = (id: string) => id.replace(/[- ]/g, "").toLowerCase();
const start = (id: string): Candidate => ({ kind: "id", exactness: "start", value: plain(id).slice(0, 31) });

/** Whole ids and keys. */
export const readIds = (text: UnreadText): Candidate[] =>
  text.take(WHOLE, ([id]): Candidate => ({ kind: "id", exactness: "whole", value: plain(id) }));

const isStart = (id: string) => /\d/.test(id) && /[a-f]/i.test(id);

/** The beginnings of ids that are said to be such, or written as a uuid. One of digits alone may be a phone. */
export const readSureStarts = (text: UnreadText): Candidate[] => [
  ...text.take(UUID_START, ([id]) => (isStart(id) ? start(id) : null)),
  ...text.take(LABELLED, ([, id = ""]) => (isStart(id) ? start(id) : null)),
];

/** The beginnings of ids. Without a label beside them digits alone are amounts, and letters alone are words. */
export function readIdStarts(text: UnreadText): Candidate[] {
  const labelled = text.take(LABELLED, ([, id = ""]) => start(id));
  // Eight letters and digits may be a code as well: they stay for it.
  const eight = [...text.rest.matchAll(START)].flatMap(([id]) => (id.length === 8 && isStart(id) ? [start(id)] : []));
  return [...labelled, ...eight, ...text.take(START, ([id]) => (id.length !== 8 && isStart(id) ? start(id) : null))];
}

/** The text as a whole is the beginning of an id, and no number. */
export const asSureStart = (text: string): Candidate[] => asIdStart(text).filter(({ value }) => isStart(value));

/** The text as a whole is the beginning of an id. */
export const asIdStart = (text: string): Candidate[] =>
  /^[0-9a-f-]+$/i.test(text) && /^[0-9a-f]{6,31}$/.test(plain(text)) ? [start(text)] : [];
