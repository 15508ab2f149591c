import { type KeyboardEvent, type RefObject, useEffect, useMemo, useState } from "react";
import { pastedText } from "@/app/(console)/cards/paste/pasted-text";
import { useNavigate } from "@/components/navigation/use-navigate";
import type { Found } from "@/lib/find/types";
import { type FindGroup, type FindOption, findGroups, longTextGroups, type Target } from "./find-options";
import { filterHref, operationsHref } from "./private-href";
import type { useFind } from "./use-find";

const MAX_RECENT = 6;
const PASTE_PAGE = "/cards/paste";

/** State of the list under the find box: open or not, what is in it, which line is marked, and the keys. */
export function useFindList(
  find: ReturnType<typeof useFind>,
  box: RefObject<HTMLElement | null>,
  input: RefObject<HTMLInputElement | null>,
) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  /** Null: nobody chose yet, and then the first hit is what Enter opens. */
  const [chosen, setMarked] = useState<number | null>(null);
  /** Names of customers: in this tab's memory and nowhere else, gone with a reload or the sign-out. */
  const [recent, setRecent] = useState<FindOption[]>([]);
  /** Enter came before its answer, which had nothing: the live look-up, if there is one, is asked at once. */
  const [asked, setAsked] = useState(false);
  const { found, wanted: text } = find;
  const isLong = find.tooLong !== null;
  const groups = useMemo(
    () => (isLong ? longTextGroups(text) : groupsOf(found, text, recent)),
    [isLong, found, text, recent],
  );
  const options = useMemo(() => groups.flatMap((group) => group.options), [groups]);
  const marked = chosen ?? (text !== "" && options.length > 0 ? 0 : -1);
  const shows = open && (text !== "" || options.length > 0);

  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [open, box]);

  const leave = (href: string) => {
    if (!navigate(href)) return false;
    setOpen(false);
    setMarked(null);
    find.setText("");
    input.current?.blur();
    return true;
  };

  const go = (option: FindOption) => {
    if ("paste" in option.target) {
      if (leave(PASTE_PAGE)) pastedText.keep(option.target.paste);
      return;
    }
    const href = hrefOf(option.target);
    if (!leave(href) || option.kind === "all") return;
    const opened: FindOption = { kind: "recent", key: `recent-${option.key}`, note: option.note, target: { href } };
    setRecent((before) => [opened, ...before.filter(({ note }) => note !== opened.note)].slice(0, MAX_RECENT));
  };

  const enter = async () => {
    const line = options[marked];
    if (line && (chosen !== null || found || isLong)) return go(line);
    setOpen(true);
    setAsked(true);
    const answer = await find.now();
    if (!answer) return;
    const lines = findGroups(answer, text).flatMap((group) => group.options);
    const only = lines.find(
      ({ kind, target }) => kind === "many" || ("href" in target && target.href === answer.jumpTo),
    );
    if (only) return go(only);
    // Several are shown before one of them is opened; with none, what was typed is ready to be typed over.
    if (lines.length === 0) input.current?.select();
  };

  const mark = (place: number) => {
    setOpen(true);
    setMarked((place + options.length) % options.length);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, it owns every key.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const some = options.length > 0;
    if (event.key === "ArrowDown" && some) mark(shows ? marked + 1 : Math.max(marked, 0));
    else if (event.key === "ArrowUp" && some) mark(marked < 0 ? -1 : marked - 1);
    // Before a line was chosen they are the cursor's.
    else if (event.key === "Home" && shows && chosen !== null && some) mark(0);
    else if (event.key === "End" && shows && chosen !== null && some) mark(-1);
    else if (event.key === "Enter") void enter();
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (shows) setOpen(false);
      else if (find.text) find.setText("");
      else input.current?.blur();
      return;
    } else return;
    event.preventDefault();
  };

  const onText = (typed: string, pasted = typed) => {
    find.setText(typed, pasted);
    setMarked(null);
    setAsked(false);
    setOpen(true);
  };

  return {
    shows,
    setOpen,
    groups,
    marked,
    setMarked,
    markedKey: options[marked]?.key,
    asked,
    go,
    leave,
    onKeyDown,
    onText,
  };
}

function groupsOf(found: Found | undefined, text: string, recent: FindOption[]): FindGroup[] {
  if (text !== "") return found ? findGroups(found, text) : [];
  return recent.length > 0 ? [{ name: "recent", options: recent }] : [];
}

function hrefOf(target: Exclude<Target, { paste: string }>): string {
  if ("href" in target) return target.href;
  return "filter" in target ? filterHref(target.filter) : operationsHref(target.operations);
}
