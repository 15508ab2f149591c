/** A yes or no that this browser keeps. Where storage is off it is no, and is not kept. */
export function readFlag(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function keepFlag(key: string, on: boolean): void {
  try {
    if (on) localStorage.setItem(key, "1");
    else localStorage.removeItem(key);
  } catch {
    // Off or full: the choice lasts as long as the page.
  }
}
