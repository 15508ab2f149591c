/** An element that had the focus, or held what had it, and where it stood. */
type Place = { element: Element; index: number };

let kept = false;

/**
 * When what has the focus is taken away, as the button of an entry that is done, the browser leaves the focus nowhere: a
 * screen reader falls silent. From now on it goes to what stands in its place, or to the heading above.
 */
export function keepFocus(): void {
  if (kept) return;
  kept = true;
  let path: Place[] = [];
  let words = "";
  const remember = (target: EventTarget | null) => {
    if (!(target instanceof Element)) return;
    path = placesOf(target);
    words = target.textContent;
  };
  const observer = new MutationObserver(() => {
    const lost = path[0]?.element;
    if (!lost || lost.isConnected || document.activeElement !== document.body) return;
    successorOf(path, words)?.focus({ preventScroll: true });
  });
  remember(document.activeElement);
  document.addEventListener("focusin", ({ target }) => remember(target));
  observer.observe(document.body, { childList: true, subtree: true });
}

function placesOf(target: Element): Place[] {
  const places: Place[] = [];
  for (let element: Element | null = target; element; element = element.parentElement)
    places.push({ element, index: [...(element.parentElement?.children ?? [])].indexOf(element) });
  return places;
}

function successorOf(path: readonly Place[], words: string): HTMLElement | null {
  const at = path.findIndex(({ element }) => element.isConnected);
  const [parent, gone] = [path[at]?.element, path[at - 1]];
  if (!parent || !gone) return null;
  const heir = parent.children[gone.index] ?? parent.children[gone.index - 1];
  // The next entry of a list, not a button of it: Enter pressed twice does nothing there.
  if (heir instanceof HTMLElement && heir.matches("li, tr")) return reachable(heir);
  // The same button made anew, as one is that becomes disabled and says why.
  const again = heir && [heir, ...heir.querySelectorAll("button, a")].find((each) => isButton(each, words));
  if (again instanceof HTMLElement) return again;
  for (let around: Element | null = parent; around; around = around.parentElement) {
    const heading = around.querySelector<HTMLElement>("h1, h2");
    if (heading && around.matches("section, dialog, main")) return reachable(heading);
  }
  return null;
}

const isButton = (element: Element, words: string): boolean =>
  words !== "" && element.matches("button, a") && element.textContent === words;

function reachable(element: HTMLElement): HTMLElement {
  if (element.tabIndex < 0) element.tabIndex = -1;
  return element;
}
