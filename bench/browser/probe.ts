/** What to look for in a page, as CSS. */
export type Marks = {
  /** Something with text that is there only when the page shows what it is for: a row's cell, a number. */
  first: string;
  /** What must answer for the page to be usable. */
  input: string;
  /** The rows of its table. */
  rows: string;
};

/** What to wait for after a person's press of a key or button. */
export type Goal = { shown: string } | { rows: "others" } | { rowsWith: string };

export type Probe = {
  /** Both in ms since the navigation began; 0: not yet. */
  firstAt: number;
  usableAt: number;
  /** Kept once the page is usable. */
  usable: Promise<void>;
  /** Watch what the next press brings about. */
  watch: (goal: Goal) => void;
  /** What came of what is watched, once it has been still for a while. */
  outcome: Promise<Outcome>;
};

/** Ms from the last press until the goal was on the screen and still. Worst key press, by Event Timing. */
export type Outcome = { ms: number; worstPressMs: number };

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Installed in a page before its own scripts. Self-contained: the browser gets the text of this function alone. */
export function installProbe({ first, input, rows }: Marks): void {
  /** Goals must hold unchanged for so long. */
  const STILL_MS = 400;
  const presses: { at: number; ms: number }[] = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) presses.push({ at: startTime, ms: duration });
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);

  // A message sent while a frame is made is answered once that frame is on its way to the screen.
  const { port1, port2 } = new MessageChannel();
  const painted: ((at: number) => void)[] = [];
  port1.onmessage = () => {
    for (const tell of painted.splice(0)) tell(performance.now());
  };
  const onPaint = (tell: (at: number) => void) => {
    painted.push(tell);
    port2.postMessage(null);
  };
  const visible = (element: Element) => element.getClientRects().length > 0;
  const find = (css: string) => [...document.querySelectorAll(css)].find(visible);
  const handled = (element: Element) => Object.keys(element).some((key) => key.startsWith("__reactProps$"));

  const { promise: usable, resolve: tellUsable } = Promise.withResolvers<void>();
  const probe: Probe = { firstAt: 0, usableAt: 0, usable, watch, outcome: Promise.reject(new Error("not watched")) };
  probe.outcome.catch(() => undefined);
  window.probe = probe;

  const load = () => {
    if (!probe.firstAt && find(first)?.textContent?.trim()) {
      onPaint((at) => {
        probe.firstAt ||= at;
      });
    }
    const target = probe.firstAt ? find(input) : undefined;
    if (target && handled(target)) {
      onPaint((at) => {
        probe.usableAt ||= at;
        tellUsable();
      });
    }
    if (!probe.usableAt) requestAnimationFrame(load);
  };
  requestAnimationFrame(load);

  function watch(goal: Goal): void {
    const looksNow = () => {
      if ("shown" in goal) return find(goal.shown) ? "shown" : "";
      const all = [...document.querySelectorAll(rows)].filter(visible).map((row) => row.textContent ?? "");
      const wanted = "rows" in goal || all.every((text) => text.includes(goal.rowsWith));
      return all.length > 0 && wanted ? `${all.length} ${all[0]} ${all.at(-1)}` : "";
    };
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    probe.outcome = promise;
    const from = performance.now();
    const before = looksNow();
    let seen = before;
    let pressedAt = 0;
    let changedAt = 0;
    const onPress = ({ timeStamp }: Event) => {
      pressedAt = timeStamp;
    };
    for (const type of ["pointerdown", "keydown"]) addEventListener(type, onPress, { capture: true });
    const frame = () => {
      const now = looksNow();
      if (now !== seen) {
        seen = now;
        onPaint((at) => {
          changedAt = at;
        });
      }
      const reached = pressedAt > 0 && now !== "" && now !== before && changedAt > pressedAt;
      if (!reached || performance.now() - changedAt < STILL_MS) return requestAnimationFrame(frame);
      for (const type of ["pointerdown", "keydown"]) removeEventListener(type, onPress, { capture: true });
      const worstPressMs = Math.max(16, ...presses.filter(({ at }) => at >= from).map(({ ms }) => ms));
      resolve({ ms: changedAt - pressedAt, worstPressMs });
    };
    requestAnimationFrame(frame);
  }
}
