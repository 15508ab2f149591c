let kept = "";
const listeners = new Set<() => void>();

/**
 * The text that is looked up line by line, on its way from the find box to its page and back to it: in this tab's memory, in no
 * address and no storage, gone with a reload or the sign-out. `read`, `unread` and `subscribe` are for useSyncExternalStore.
 */
export const pastedText = {
  keep(text: string): void {
    kept = text;
    for (const listener of listeners) listener();
  },
  read: (): string => kept,
  /** Before the tab can be asked. */
  unread: (): string => "",
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
