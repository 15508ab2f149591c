import "server-only";

/** Letters of Cyrillic and Greek that look like Latin ones, after lower-casing. */
const LIKE_LATIN: Record<string, string> = Object.fromEntries(
  Object.entries({
    a: "аα",
    b: "ьв",
    c: "сς",
    d: "ԁ",
    e: "еєε",
    g: "ɡ",
    h: "һн",
    i: "іι",
    j: "ј",
    k: "кκ",
    l: "ӏ",
    m: "м",
    n: "пηո",
    o: "оοσ",
    p: "рρ",
    q: "ԛ",
    r: "г",
    s: "ѕ",
    t: "тτ",
    u: "υս",
    v: "ѵν",
    w: "ԝω",
    x: "хχ",
    y: "уγү",
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin])),
);

/**
 * What a name looks like: two names with one skeleton can be taken for one another. Covered: width and accents, case,
 * Cyrillic and Greek letters like Latin ones, 0 and o, 1 and i and l, rn and m, vv and w. Not covered: likeness within
 * Chinese (日 and 曰), and dots, dashes and underscores for one another.
 */
export function nameSkeleton(name: string): string {
  const bare = name
    .normalize("NFKD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
  const latin = [...bare].map((letter) => LIKE_LATIN[letter] ?? letter).join("");
  return latin
    .replaceAll("0", "o")
    .replaceAll(/[1iı|]/g, "l")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}
