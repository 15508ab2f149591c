/** What stands where a phone, code or id was: no number, and no gap between columns. */
export const TAKEN = "\ufffc";

const AMOUNT = /^(?:\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\s*(?:次|calls?))?$/i;
const AMOUNT_NAME = /金额|数量|次数|额度|转让|amount|calls|quota|quantity|qty/i;
/** Beside a number of calls it is what they cost. */
const MAY_BE_PRICE = /金额|amount/i;
const OTHER_NAME =
  /序号|编号|行号|尾号|尾数|[后末][四4]位|^no\.?$|^#$|^id$|last\s*4|年龄|\bage\b|余额|剩余|balance|\bleft\b|remaining|类型|\btype|价|费用|price|\bcost|可用|[已未]使?用|[现原]有|当前|available|\bused\b|current/i;
const DELIMITERS = ["\t", ",", ";", "，", "；", "|"];
/** A comma between digits may be of one number, and is no sign of columns. */
const IN_NUMBER = /(?<=\d),(?=\d)/g;
/** Without quotes 1,500 is one number or two. */
const ONE_OR_TWO = /(?<![\d"])\d{1,3}\s*,\s*\d{3}(?!\d)/;
const QUOTED = /"(?:[^"]|"")*"/g;

/**
 * The amount in each row, if the rows have one column of plain small numbers: the one whose header says so, or the only one
 * that is no numbering of the rows. Null otherwise. `rows` have {@link TAKEN} instead of what they name.
 */
export function readAmounts(rows: readonly string[], header: string | null): (number | null)[] {
  const none = rows.map(() => null);
  const outside = rows.map((row) => row.replace(IN_NUMBER, ""));
  const delimiter = DELIMITERS.find((each) => outside.filter((row) => row.includes(each)).length * 2 >= rows.length);
  const table = rows.map((row) => (delimiter ? cellsOf(row, delimiter) : lastOf(row)));
  const names = header === null ? [] : delimiter ? cellsOf(header, delimiter) : header.split(/\s+/).slice(-1);
  const isDoubtful = delimiter === "," && rows.some((row) => ONE_OR_TWO.test(row.replace(QUOTED, "")));
  // As many columns as the header has in every row: then each comma is between two.
  if (isDoubtful && !table.every((cells) => cells.length === names.length)) return none;
  const width = Math.max(0, ...table.map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, place) => ({
    name: names[place] ?? "",
    cells: table.map((cells) => cells[place] ?? ""),
  })).filter(({ name }) => !OTHER_NAME.test(name));
  const named = columns.filter(({ name }) => AMOUNT_NAME.test(name));
  const readable = columns.filter(({ cells }) => isAmounts(cells));
  // One that is said to hold them and can't be read leaves it to no other, unless it is a price.
  if (named.some((each) => !readable.includes(each) && !MAY_BE_PRICE.test(each.name))) return none;
  const others = readable.filter(({ cells }) => !isNumbering(cells));
  const [column, another] = named.length > 0 ? named.filter((each) => readable.includes(each)) : others;
  return column && !another ? column.cells.map(amountOf) : none;
}

function cellsOf(row: string, delimiter: string): string[] {
  const cells = delimiter === "," ? (`,${row}`.match(/,\s*(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []) : row.split(delimiter);
  return cells.map((cell) => cell.replace(/^,/, "").trim().replace(/^"|"$/g, "").trim());
}

/** Between words there are no columns: only what stands alone at the end, behind what is named. */
const lastOf = (row: string): string[] => [/\ufffc\s+(\S+(?:\s*次)?)$/.exec(row)?.[1] ?? ""];

/** At least half of the rows have one, and none has anything else. */
function isAmounts(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  return filled.length > 0 && filled.length * 2 >= cells.length && filled.every((cell) => AMOUNT.test(cell));
}

function isNumbering(cells: readonly string[]): boolean {
  const numbers = cells.map(amountOf);
  return numbers.length > 1 && numbers.every((number, place) => number === (numbers[0] ?? 0) + place);
}

const amountOf = (cell: string): number | null => (cell === "" ? null : Number(cell.replace(/\D/g, "")));
