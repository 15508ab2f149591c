import { USED_HEADER } from "./used-header";

const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** Somebody has just opened the page. */
let used = true;

if (typeof window !== "undefined") {
  const note = () => {
    used = true;
  };
  for (const sign of SIGNS) window.addEventListener(sign, note, { capture: true, passive: true });
}

/** For the next read: whether somebody pressed, typed or scrolled since the last one. docs/decisions/sessions.md */
export function takeActivity(): Record<string, string> {
  const headers: Record<string, string> = used ? { [USED_HEADER]: "1" } : {};
  used = false;
  return headers;
}
