import { type RefObject, useEffect } from "react";

/** `/` outside of fields and Ctrl/Cmd+K anywhere focus the input; not under an open dialog. */
export function useFindShortcut(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.isComposing || document.querySelector("dialog:modal")) return;
      const combined = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const inField = (event.target as Element).closest("input, textarea, select, [contenteditable]") !== null;
      if (!combined && !(slash && !inField)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [input]);
}
