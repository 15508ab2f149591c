import { useEffect, useState } from "react";

/** On a quick network the answer is there sooner, and nothing flickers. */
const DELAY_MS = 300;

/** Whether something has been going on for a while. A sign for a moment would draw the whole table twice more. */
export function useLasting(on: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, [on]);
  return on && lasting;
}
