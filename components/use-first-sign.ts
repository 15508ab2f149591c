import { useEffect } from "react";

/**
 * Call `prepare` once, at the first sign that a person may do something there: the pointer over what `where` selects (CSS),
 * or a key pressed in it. What only people's doings can need is loaded then, and not while the page itself still loads.
 */
export function useFirstSign(where: string, prepare: () => void): void {
  useEffect(() => {
    const end = new AbortController();
    const onSign = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.closest(where)) return;
      end.abort();
      prepare();
    };
    for (const sign of ["pointerover", "keydown"]) {
      document.addEventListener(sign, onSign, { passive: true, capture: true, signal: end.signal });
    }
    return () => end.abort();
  }, [where, prepare]);
}
