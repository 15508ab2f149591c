"use client";

import { useTranslations } from "next-intl";
import { type ClipboardEvent, useEffect, useId, useRef } from "react";
import { Icon } from "@/components/ui/icon";
import { Spinner } from "@/components/ui/spinner";
import { FindResults, optionId } from "./find-results";
import { useFind } from "./use-find";
import { useFindList } from "./use-find-list";
import { useFindShortcut } from "./use-find-shortcut";

/** A combobox: type or paste, Enter opens what is marked (the first hit unless another is), arrows choose, Esc leaves. */
export function FindInput() {
  const t = useTranslations("cards.find");
  const listId = useId();
  const box = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const find = useFind();
  const list = useFindList(find, box, input);
  const { shows, setOpen, markedKey } = list;
  useFindShortcut(input);

  /** A box of one line would drop the ends of lines, and two phones would become one number. */
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/\S\s*[\r\n]\s*\S/.test(pasted)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    const insert = (text: string) => value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? 0);
    list.onText(insert(pasted.trim().replace(/[\r\n]+/g, " ")), insert(pasted));
  };

  useEffect(() => {
    // Ready for typing or pasting; not on touch screens, where the keyboard would cover the page.
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) {
      input.current?.focus({ preventScroll: true });
    }
  }, []);

  return (
    <search ref={box} className="block min-w-0 max-w-xl flex-1 sm:relative">
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
          aria-controls={listId}
          aria-activedescendant={shows && markedKey ? optionId(listId, markedKey) : undefined}
          aria-keyshortcuts="/ Control+K Meta+K"
          aria-autocomplete="list"
          placeholder={t("placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={find.text}
          onChange={(event) => list.onText(event.target.value)}
          onPaste={onPaste}
          onCompositionStart={() => find.setComposing(true)}
          onCompositionEnd={() => find.setComposing(false)}
          onFocus={() => setOpen(true)}
          onBlur={(event) => {
            if (!box.current?.contains(event.relatedTarget)) setOpen(false);
          }}
          onKeyDown={list.onKeyDown}
          className="h-8 w-full min-w-0 rounded-md border border-control/60 bg-canvas ps-8 pe-8 text-base outline-offset-0 placeholder:text-faint hover:border-control pointer-coarse:text-lg"
        />
        {find.searching ? (
          <span className="-translate-y-1/2 absolute end-2 top-1/2 text-faint">
            <Spinner />
          </span>
        ) : (
          <kbd className="-translate-y-1/2 absolute end-2 top-1/2 font-mono text-faint text-xs max-md:hidden">/</kbd>
        )}
      </div>
      {shows && <FindResults id={listId} find={find} list={list} />}
    </search>
  );
}
