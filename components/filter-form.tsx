import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button/button";
import { Form } from "@/components/ui/form/form";

type Props = {
  label: string;
  onSubmit: () => void;
  onReset: () => void;
  pending?: boolean;
  /** The most used fields; always shown. */
  children: ReactNode;
  /** The rest, behind 展开. */
  more?: ReactNode;
  /** How many of the hidden fields are set, so that no filter is active unnoticed. */
  moreActive?: number;
  /** A hidden field has an error: they show. */
  moreInvalid?: boolean;
};

/** Filters above a table: fields in a grid, then 查询 / 重置 / 展开. Enter in any field submits. */
export function FilterForm(props: Props) {
  const { label, onSubmit, onReset, pending = false, children, more, moreActive = 0, moreInvalid = false } = props;
  const t = useTranslations("ui");
  const [wanted, setOpen] = useState(moreActive > 0);
  const open = wanted || moreInvalid;
  return (
    <search aria-label={label}>
      <Form
        onSubmit={(event) => {
          // What a field refuses would be cut, or answered with a false "nothing found".
          const invalid = event.currentTarget.querySelector<HTMLElement>("[aria-invalid=true]");
          if (invalid) invalid.focus();
          else onSubmit();
        }}
        className="mb-3 grid max-w-384 grid-cols-2 items-start gap-x-3 gap-y-2 md:grid-cols-3 xl:grid-cols-[repeat(4,minmax(0,1fr))_minmax(max-content,1fr)]"
      >
        {children}
        {open && more}
        <div className="flex items-center gap-2 self-end max-md:col-span-2">
          <Button type="submit" variant="primary" icon="search" pending={pending}>
            {t("search")}
          </Button>
          <Button onClick={onReset}>{t("reset")}</Button>
          {more && (
            <Button
              variant="ghost"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              icon={open ? "chevron-up" : "chevron-down"}
            >
              {open ? t("collapse") : moreActive > 0 ? t("expandActive", { count: moreActive }) : t("expand")}
            </Button>
          )}
        </div>
      </Form>
    </search>
  );
}
