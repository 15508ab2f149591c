import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/clipboard/copy-button";
import { Select } from "@/components/ui/form/select";
import type { CardRow } from "@/lib/cards/types";
import type { FoundLine } from "@/lib/find/types";
import { COPIED_COLUMNS, type CopiedColumn, copyColumn } from "./sheet";
import { useResultText } from "./use-result-text";

type Props = { lines: readonly FoundLine[]; cards: ReadonlyMap<string, CardRow> };

/** Copy one column of the lines that are shown, to paste it beside the column they came from. */
export function CopyColumn({ lines, cards }: Props) {
  const t = useTranslations("paste");
  const columns = useTranslations("cards.columns");
  const unlimited = useTranslations("ui")("unlimited");
  const resultOf = useResultText();
  const [column, setColumn] = useState<CopiedColumn>("result");
  const nameOf = (name: CopiedColumn) => (name === "text" || name === "result" ? t(`columns.${name}`) : columns(name));
  return (
    <span className="flex items-center gap-1">
      <Select
        small
        className="w-28"
        aria-label={t("copy.column")}
        value={column}
        onChange={({ target }) => setColumn(COPIED_COLUMNS.find((name) => name === target.value) ?? "result")}
      >
        {COPIED_COLUMNS.map((name) => (
          <option key={name} value={name}>
            {nameOf(name)}
          </option>
        ))}
      </Select>
      <CopyButton
        label={t("copy.button", { column: nameOf(column), count: lines.length })}
        text={async () => copyColumn(column, lines, cards, { resultOf, unlimited })}
      />
    </span>
  );
}
