/** UTS 39, "single script": what Chinese, Japanese and Korean write together counts as one. */
const SCRIPTS = [
  ["Latin"],
  ["Han", "Bopomofo"],
  ["Han", "Hiragana", "Katakana"],
  ["Han", "Hangul"],
  ["Cyrillic"],
  ["Greek"],
  ["Arabic"],
  ["Hebrew"],
  ["Thai"],
  ["Devanagari"],
].map((together) => {
  const letters = together.map((script) => `\\p{Script_Extensions=${script}}`).join("");
  return new RegExp(`^[${letters}\\p{Script=Common}\\p{Script=Inherited}]*$`, "u");
});

/** Whether a name is written in one script; digits and punctuation belong to each. */
export const isOneScript = (name: string): boolean => SCRIPTS.some((script) => script.test(name));
