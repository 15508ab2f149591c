import { useTranslations } from "next-intl";
import { useId } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { Button } from "@/components/ui/button/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import { type CardFacets, readFilters } from "@/lib/cards/types";
import { formatInteger } from "@/lib/format/numbers";
import type { FilterFields } from "./filter-draft";

type Props = FilterFields & { facets: CardFacets | undefined };

/** Card types to select, with the number of cards of each. A type that only the URL names can be deselected. */
export function TypeFilter({ draft, facets, onChange }: Props) {
  const types = readFilters({ types: draft.types }).filter.types ?? [];
  const t = useTranslations("cards.filter");
  const typeName = useCardTypeName();
  const label = useId();
  const counts = new Map(facets?.types.map(({ type, count }) => [type, count]));
  const offered = [...new Set([...counts.keys(), ...types])];
  const [only] = types;
  return (
    <div>
      <span id={label} className="field-label">
        {t("types")}
      </span>
      <Menu
        label={t("types")}
        align="start"
        trigger={(trigger) => (
          <Button {...trigger} aria-describedby={label} className="w-full justify-between! font-normal! px-2!">
            <span className="min-w-0 truncate">
              {only === undefined
                ? t("typesAll")
                : types.length === 1
                  ? typeName(only)
                  : t("typesSome", { count: types.length })}
            </span>
            <Icon name="chevron-down" size={14} className="text-soft" />
          </Button>
        )}
      >
        {offered.map((type) => (
          <MenuItem
            key={type}
            several
            keepOpen
            checked={types.includes(type)}
            onSelect={() => onChange({ types: String(toggled(types, type)) })}
          >
            {t("typeOption", { name: typeName(type), count: formatInteger(counts.get(type) ?? 0) })}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}

const toggled = (types: string[], type: string): string[] =>
  types.includes(type) ? types.filter((other) => other !== type) : [...types, type];
