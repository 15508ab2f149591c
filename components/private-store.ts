/** What is behind a token. "unread": the server can't tell; "unknown": this tab has nothing of that name. */
export type Private<T> = T | "unread" | "unknown";

type Options<T> = {
  /** Of its entries in the tab's storage. */
  prefix: string;
  empty: T;
  /** The same text for the same value. What it leaves out is not kept. */
  write: (value: T) => string;
  /** Undo `write`; null for what it never wrote. */
  read: (text: string) => T | null;
};

/**
 * Phones and codes that a page searches for, kept in this tab: the URL holds a token that stands for them. `recall` and
 * `unread` are for useSyncExternalStore, `subscribe` too.
 */
export function privateStore<T>({ prefix, empty, write, read }: Options<T>) {
  /** Also keeps the recalled object identical between renders, as useSyncExternalStore requires. */
  const remembered = new Map<string, Private<T>>([["", empty]]);
  return {
    /** Keep a value; returns its token, "" for the empty one. */
    remember(value: T): string {
      const text = write(value);
      for (const [token, other] of remembered)
        if (other !== "unread" && other !== "unknown" && write(other) === text) return token;
      const token = Math.random().toString(36).slice(2, 10);
      remembered.set(token, read(text) ?? empty);
      try {
        storage()?.setItem(prefix + token, text);
      } catch {
        // It is full.
      }
      return token;
    },
    /** What is behind a token; survives a reload, not the tab. */
    recall(token: string): Private<T> {
      const known = remembered.get(token);
      if (known !== undefined) return known;
      const text = storage()?.getItem(prefix + token);
      const kept = (text && read(text)) || "unknown";
      remembered.set(token, kept);
      return kept;
    },
    /** Nothing to subscribe to: it changes by our own writes only, and those change the URL. */
    subscribe: () => () => {},
    /** Before the tab can be asked. */
    unread: (token: string): Private<T> => (token === "" ? empty : "unread"),
  };
}

/** Without storage the search works, but is forgotten on reload. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
