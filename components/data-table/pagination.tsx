import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useRef } from "react";
import { IconButton } from "@/components/ui/button/icon-button";
import { Form } from "@/components/ui/form/form";
import { NumberInput } from "@/components/ui/form/number-input";
import { Select } from "@/components/ui/form/select";
import { TipGroup } from "@/components/ui/popover/tip-group";
import { PAGE_SIZES } from "@/lib/core/paging";
import { parseInteger } from "@/lib/format/numbers";
import { formatTotal } from "./format-total";
import { PageTotal } from "./page-total";
import type { Paging } from "./types";

/** A pointer that passes is on a button for less. */
const REST_MS = 100;

/** Total, page size and page navigation. A page is fetched before the click, when that is to be expected. */
export function Pagination(paging: Paging) {
  const { page, size, total, atLeast, onPage, onSize, onIntent } = paging;
  const t = useTranslations("ui");
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Where the end is not known there may be one more page.
  const last = Math.max(atLeast ? page + 1 : 1, Math.ceil(total / size));
  const go = (target: number) => onPage(Math.max(1, Math.min(last, target)));
  /** From the page that is coming to the one the pressed button leads to from there: who pages on, stays on it. */
  const onward = useRef(0);
  useEffect(() => () => clearTimeout(rest.current), []);
  const leads = (target: number) => target >= 1 && target <= last && target !== page;
  const restOn = (target: number) => {
    clearTimeout(rest.current);
    if (leads(target)) rest.current = setTimeout(() => onIntent?.(target), REST_MS);
  };
  const latestRestOn = useRef(restOn);
  useEffect(() => {
    latestRestOn.current = restOn;
  });
  // Only when the page is there: fetched beside it, it would come later for that.
  useEffect(() => {
    if (onward.current !== 0) latestRestOn.current(page + onward.current);
    onward.current = 0;
  }, [page]);
  const jump = useRef<HTMLInputElement>(null);
  // What was typed gives way to the page that came, but not what was typed before the first was hydrated, which is taken after
  // layout effects. Made anew instead, it would lose the focus.
  useLayoutEffect(() => {
    if (jump.current) jump.current.value = String(page);
  }, [page]);
  const leadingTo = (target: number, step = 0) => ({
    untipped: true,
    disabled: !leads(target),
    onClick: () => {
      clearTimeout(rest.current);
      onward.current = step;
      go(target);
    },
    onFocus: () => leads(target) && onIntent?.(target),
    onPointerEnter: () => restOn(target),
    onPointerLeave: () => {
      clearTimeout(rest.current);
      onward.current = 0;
    },
  });
  return (
    <nav
      aria-label={t("pagination")}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-4 py-1.5 text-sm"
    >
      <PageTotal {...paging} />
      <Select
        small
        aria-label={t("pageSize")}
        value={size}
        onChange={(event) => onSize(Number(event.target.value))}
        className="w-28"
      >
        {PAGE_SIZES.map((option) => (
          <option key={option} value={option}>
            {t("perPage", { size: option })}
          </option>
        ))}
      </Select>
      <TipGroup className="ms-auto flex items-center">
        <IconButton icon="chevrons-left" label={t("firstPage")} size="sm" {...leadingTo(1)} />
        <IconButton icon="chevron-left" label={t("previousPage")} size="sm" {...leadingTo(page - 1, -1)} />
        <Form
          className="mx-1 flex items-center gap-1"
          onSubmit={(event) => {
            const target = parseInteger(String(new FormData(event.currentTarget).get("page") ?? ""));
            if (target !== null) go(target);
          }}
        >
          <NumberInput
            ref={jump}
            name="page"
            aria-label={t("jumpToPage")}
            defaultValue={page}
            onFocus={(event) => event.target.select()}
            className="w-13"
            small
          />
          <span className="whitespace-nowrap text-soft">{`/ ${formatTotal(last, atLeast)}`}</span>
        </Form>
        <IconButton icon="chevron-right" label={t("nextPage")} size="sm" {...leadingTo(page + 1, 1)} />
        <IconButton
          icon="chevrons-right"
          label={t("lastPage")}
          size="sm"
          {...leadingTo(last)}
          disabled={atLeast || last === page}
        />
      </TipGroup>
    </nav>
  );
}
