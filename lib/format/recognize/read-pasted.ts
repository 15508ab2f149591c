import { type Named, type NamedIn, namedIn } from "./named-in";
import { type PastedRow, pastedRows } from "./pasted-rows";
import { readAmounts, TAKEN } from "./read-amounts";

/** What one line of a paste names. A line that names several has an entry for each, in its order. */
export type PastedLine = {
  /** From 1, as in the text; of a text in one line the place in that line. */
  line: number;
  /** As it was pasted; of a line with several entries the part that is this one. */
  text: string;
  phone: string | null;
  code: string | null;
  /** The code is a word of eight letters or digits that may be none: never called missing. */
  isGuess: boolean;
  /** 32 hex digits: of a card, a customer or a key. */
  id: string | null;
  amount: number | null;
};

export type Pasted = {
  lines: PastedLine[];
  /** The first line, if it only names the columns; it is no entry. */
  header: string | null;
};

const STEP = 100;
/** Of more words than this one of eight letters is a word. */
const FEW_WORDS = 3;
const HEADER =
  /手机|电话|号码|phone|mobile|\btel\b|兑换码|激活码|\bcode|编号|\bid\b|卡密|\bkey|昵称|姓名|\bname|金额|数量|次数|额度|amount|calls|quantity|\bqty|序号|类型|余额|balance/i;
const EDGES = /^[\s,，;；、|/]+|[\s,，;；、|/]+$/g;

/**
 * The lines of a paste (a spreadsheet's columns, a CSV, a list, a chat), each with the whole phone, code and id it names and
 * the amount, if a column has one. Nothing is left out: what names nothing is an entry without any.
 */
export function readPasted(text: string): Pasted {
  const reading = readPastedInSteps(text);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** The same with a pause every hundred lines, in which a server can answer others. */
export function* readPastedInSteps(text: string): Generator<undefined, Pasted> {
  const read: ReadRow[] = [];
  for (const row of pastedRows(text)) {
    read.push({ ...row, ...namedIn(row.text) });
    if (read.length % STEP === 0) yield;
  }
  const [first, ...others] = read;
  const isHeader = first !== undefined && isHeaderRow(first) && others.some(({ named }) => named.length > 0);
  const rows = isHeader ? others : read;
  const header = isHeader ? first.text : null;
  const single = rows.filter(({ named }) => named.length > 0 && entriesOf(named).length === 1);
  const amounts = readAmounts(single.map(withoutNamed), isHeader ? first.indent + first.text.normalize("NFKC") : null);
  const amountOf = new Map(single.map((row, place) => [row, amounts[place] ?? null]));
  const lines = rows.flatMap((row) => linesOf(row, amountOf.get(row) ?? null));
  const isOneLine = header === null && rows.every(({ line }) => line === rows[0]?.line);
  return {
    lines: isOneLine && lines.length > 1 ? lines.map((line, place) => ({ ...line, line: place + 1 })) : lines,
    header,
  };
}

type ReadRow = PastedRow & NamedIn;

const isHeaderRow = ({ named, text }: ReadRow): boolean =>
  named.length === 0 && HEADER.test(text.normalize("NFKC")) && !/\d{4}/.test(text);

/** A new entry begins where a kind comes again: phone, code, phone, code are two. */
function entriesOf(named: readonly Named[]): Named[][] {
  const entries: Named[][] = [];
  for (const each of named) {
    const last = entries.at(-1);
    if (last && !last.some(({ kind }) => kind === each.kind)) last.push(each);
    else entries.push([each]);
  }
  return entries;
}

function linesOf(row: ReadRow, amount: number | null): PastedLine[] {
  const entries = entriesOf(row.named);
  if (entries.length < 2) return [lineOf(row, row.text, entries[0] ?? [], amount)];
  return entries.map((entry, place) => {
    const from = place === 0 ? 0 : (entry[0]?.at ?? 0);
    const text = row.plain.slice(from, entries[place + 1]?.[0]?.at).replace(EDGES, "");
    return lineOf(row, text || entry.map(({ value }) => value).join(" "), entry, null);
  });
}

function lineOf({ line, plain, guesses }: ReadRow, text: string, entry: Named[], amount: number | null): PastedLine {
  const named = (kind: Named["kind"]) => entry.find((each) => each.kind === kind)?.value ?? null;
  const [guess, another] = guesses;
  const isGuess = entry.length === 0 && guess !== undefined && !another && plain.split(/\s+/).length <= FEW_WORDS;
  return {
    line,
    text,
    phone: named("phone"),
    code: isGuess ? guess : named("code"),
    isGuess,
    id: named("id"),
    amount,
  };
}

function withoutNamed({ indent, plain, named }: ReadRow): string {
  let [left, from] = [indent, 0];
  for (const { at, end } of named) {
    left += plain.slice(from, at).replace(/\(?(?:\+|00)?86\)?[ .-]{0,3}$/, "") + TAKEN;
    from = Math.max(from, end);
  }
  return left + plain.slice(from);
}
