/** How long the address may stay behind what is shown. */
const LATEST_MS = 400;

/** Before what any of these does, the address is that of what is shown. */
const BEFORE = ["pointerdown", "keydown", "visibilitychange"] as const;

/**
 * Writes the address of a search after its rows are on the screen. Next draws the whole frame anew for another address,
 * and the rows would wait for it.
 */
export class LateAddress {
  #held: { write: () => void; path: string } | null = null;
  #waits = false;
  #latest: ReturnType<typeof setTimeout> | undefined;

  /** For nuqs as its `startTransition`: `write` changes the address. */
  hold = (write: () => void): void => {
    this.write();
    this.#held = { write, path: location.pathname };
    this.#latest = setTimeout(this.write, LATEST_MS);
    if (!this.#waits) this.#afterPaint();
  };

  /** Whether rows are waited for. */
  setWaiting(waits: boolean): void {
    this.#waits = waits;
    if (!waits && this.#held) this.#afterPaint();
  }

  /** Now, if it was held. Where another page is shown meanwhile it has no address any more. */
  write = (): void => {
    const held = this.#held;
    this.#forget();
    if (held && held.path === location.pathname) held.write();
  };

  /** Until the returned function is called nobody can do anything else before the address is written. */
  listen(): () => void {
    const listening = new AbortController();
    const { signal } = listening;
    for (const type of BEFORE) document.addEventListener(type, this.write, { capture: true, signal });
    // To the browser's own buttons.
    document.documentElement.addEventListener("mouseleave", this.write, { signal });
    window.addEventListener("pagehide", this.write, { signal });
    // The entry is another one now: writing there would lose what comes after it.
    window.addEventListener("popstate", this.#forget, { signal });
    return () => {
      listening.abort();
      this.write();
    };
  }

  #forget = (): void => {
    clearTimeout(this.#latest);
    this.#held = null;
  };

  #afterPaint(): void {
    requestAnimationFrame(() => setTimeout(this.write));
  }
}
