import type { Page } from "@playwright/test";

/**
 * Watch for a text that goes by itself, as a toast does. Call it before the step that brings the text, and wait for
 * what it returns after that step: however soon the text is gone, it was seen.
 */
export function passingText(page: Page, text: string): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          // biome-ignore lint/performance/useDomNodeTextContent: data in a script has the text, too, but is never shown
          if (!document.body.innerText.includes(wanted)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      }),
    text,
  );
}
