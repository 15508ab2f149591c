import { useEffect, useState } from "react";

/** Between two keystrokes of a quick typist. */
const REST_MS = 80;

/**
 * The text once typing pauses; until then, and while it is `held`, what it was before. `rest` takes a text at once.
 */
export function useRested(text: string, held = false): { rested: string; rest: (text: string) => void } {
  const [rested, rest] = useState(text);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => rest(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, held]);
  return { rested, rest };
}
