import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button/icon-button";
import { NumberInput } from "@/components/ui/form/number-input";
import { Select } from "@/components/ui/form/select";
import { PAGE_SIZES } from "@/lib/core/paging";
import { parseInteger } from "@/lib/format/numbers";
import { formatTotal } from "./format-total";
import { PageTotal } from "./page-total";
import type { Paging } from "./types";

/** Total, page size and page navigation. */
export function Pagination(paging: Paging) {
  const { page, size, total, atLeast, onPage, onSize } = paging;
  const t = useTranslations("ui");
  // Where the end is not known there may be one more page.
  const last = Math.max(atLeast ? page + 1 : 1, Math.ceil(total / size));
  const go = (target: number) => onPage(Math.max(1, Math.min(last, target)));
  const atStart = page <= 1;
  const atEnd = page >= last;
  return (
    <nav
      aria-label={t("pagination")}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-3 py-1.5 text-sm"
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
      <span className="ms-auto flex items-center">
        <IconButton icon="chevrons-left" label={t("firstPage")} size="sm" disabled={atStart} onClick={() => go(1)} />
        <IconButton
          icon="chevron-left"
          label={t("previousPage")}
          size="sm"
          disabled={atStart}
          onClick={() => go(page - 1)}
        />
        <form
          className="mx-1 flex items-center gap-1"
          onSubmit={(event) => {
            event.preventDefault();
            const target = parseInteger(String(new FormData(event.currentTarget).get("page") ?? ""));
            if (target !== null) go(target);
          }}
        >
          <span className="w-13">
            <NumberInput
              key={page}
              name="page"
              aria-label={t("jumpToPage")}
              defaultValue={page}
              onFocus={(event) => event.target.select()}
              small
            />
          </span>
          <span className="whitespace-nowrap text-soft">/ {formatTotal(last, atLeast)}</span>
        </form>
        <IconButton
          icon="chevron-right"
          label={t("nextPage")}
          size="sm"
          disabled={atEnd}
          onClick={() => go(page + 1)}
        />
        <IconButton
          icon="chevrons-right"
          label={t("lastPage")}
          size="sm"
          disabled={atEnd || atLeast}
          onClick={() => go(last)}
        />
      </span>
    </nav>
  );
}
