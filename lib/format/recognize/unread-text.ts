/** What is left of a text: whatever was taken is a gap, so that nothing is read as two things. */
export class UnreadText {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  /** Take each match that `read` makes something of; the others stay. */
  take<T>(pattern: RegExp, read: (match: RegExpMatchArray) => T | null): T[] {
    const values: T[] = [];
    let [left, from] = ["", 0];
    for (const match of this.rest.matchAll(pattern)) {
      const value = read(match);
      if (value === null) continue;
      values.push(value);
      left += `${this.rest.slice(from, match.index)}\n`;
      from = match.index + match[0].length;
    }
    this.rest = left + this.rest.slice(from);
    return values;
  }
}
