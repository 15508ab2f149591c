import { useEffect } from "react";

/** What a page does things with; links lead elsewhere. */
const CONTROLS = "main :is(button, input)";

/**
 * Call `prepare` once, when the pointer is first over one of the page's buttons or fields or the focus is in it: shortly
 * before something may be pressed. Until then nothing is loaded for it.
 */
export function useIntent(prepare: () => void): void {
  useEffect(() => {
    const end = new AbortController();
    const onSign = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.closest(CONTROLS)) return;
      end.abort();
      prepare();
    };
    for (const sign of ["pointerover", "focusin"]) {
      document.addEventListener(sign, onSign, { passive: true, signal: end.signal });
    }
    return () => end.abort();
  }, [prepare]);
}
