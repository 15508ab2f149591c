import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { useNavigate } from "@/components/navigation/use-navigate";
import type { useFind } from "./use-find";

/** State of the list under the find box: open or not, which card is marked, and the keys. */
export function useFindList(
  find: ReturnType<typeof useFind>,
  box: RefObject<HTMLElement | null>,
  input: RefObject<HTMLInputElement | null>,
) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const rows = find.found?.rows ?? [];
  const shows = open && find.text.trim() !== "";

  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [open, box]);

  const go = (id: string) => {
    if (!navigate(`/cards/${id}`)) return;
    setOpen(false);
    find.setText("");
    input.current?.blur();
  };

  const enter = async () => {
    const row = rows[marked];
    if (row) return go(row.id);
    setOpen(true);
    const found = await find.now();
    if (found?.jumpTo) go(found.jumpTo);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, it owns every key.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (move !== 0 && rows.length > 0) {
      event.preventDefault();
      setOpen(true);
      setMarked((at) => (at + move + rows.length + (at < 0 && move < 0 ? 1 : 0)) % rows.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (shows) setOpen(false);
      else if (find.text) find.setText("");
      else input.current?.blur();
    }
  };

  return { shows, setOpen, marked, setMarked, markedRow: rows[marked], go, onKeyDown };
}
