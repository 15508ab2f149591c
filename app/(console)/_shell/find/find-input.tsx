"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Spinner } from "@/components/ui/spinner";
import { FindResults, optionId } from "./find-results";
import { useFind } from "./use-find";
import { useFindShortcut } from "./use-find-shortcut";

/** A combobox: type or paste, Enter jumps to the only card or the marked one, arrows choose, Esc leaves. */
export function FindInput() {
  const t = useTranslations("cards.find");
  const router = useRouter();
  const list = useId();
  const box = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const find = useFind();
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  useFindShortcut(input);

  useEffect(() => {
    // Ready to be typed or pasted into; not on touch screens, where a keyboard would cover the page.
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) {
      input.current?.focus({ preventScroll: true });
    }
  }, []);

  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [open]);

  const rows = find.found?.rows ?? [];
  const go = (id: string) => {
    setOpen(false);
    find.setText("");
    input.current?.blur();
    router.push(`/cards/${id}`);
  };
  const enter = async () => {
    const row = rows[marked];
    if (row) return go(row.id);
    setOpen(true);
    const found = await find.now();
    if (found?.jumpTo) go(found.jumpTo);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an IME composes, every key is its own.
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

  const shows = open && find.text.trim() !== "";
  return (
    <search ref={box} className="block sm:relative">
      <div className="relative">
        <Icon
          name="search"
          size={15}
          className="-translate-y-1/2 pointer-events-none absolute start-2.5 top-1/2 text-faint"
        />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={t("label")}
          aria-expanded={shows}
          aria-controls={list}
          aria-activedescendant={shows && rows[marked] ? optionId(list, rows[marked].id) : undefined}
          aria-keyshortcuts="/ Control+K Meta+K"
          aria-autocomplete="list"
          placeholder={t("placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
          value={find.text}
          onChange={(event) => {
            find.setText(event.target.value);
            setMarked(-1);
            setOpen(true);
          }}
          onCompositionStart={() => find.setComposing(true)}
          onCompositionEnd={() => find.setComposing(false)}
          onFocus={() => setOpen(true)}
          onBlur={(event) => {
            if (!box.current?.contains(event.relatedTarget)) setOpen(false);
          }}
          onKeyDown={onKeyDown}
          className="h-8 w-full min-w-0 rounded-md border border-control/60 bg-canvas ps-8 pe-8 text-base outline-offset-0 placeholder:text-faint hover:border-control pointer-coarse:text-lg"
        />
        <span className="-translate-y-1/2 absolute end-2 top-1/2 text-faint">
          {find.searching ? <Spinner /> : <kbd className="font-mono text-xs max-md:hidden">/</kbd>}
        </span>
      </div>
      {shows && <FindResults id={list} find={find} marked={marked} onMark={setMarked} onGo={go} />}
    </search>
  );
}
