import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Column, Density } from "./types";

type Stored = { density?: Density; columns?: Record<string, boolean> };

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function parse(text: string): Stored {
  try {
    const value: unknown = JSON.parse(text || "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Density and visible columns of one table, stored in this browser under the table's id. */
export function useTablePreferences<Row>(tableId: string, columns: readonly Column<Row>[]) {
  const key = `cardesk.table.${tableId}`;
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => "",
  );
  const stored = useMemo(() => parse(text), [text]);

  const store = useCallback(
    (change: Stored) => {
      try {
        localStorage.setItem(key, JSON.stringify({ ...parse(read(key)), ...change }));
      } catch {
        // Storage is off or full: the choice is not kept.
      }
      for (const listener of listeners) listener();
    },
    [key],
  );

  const visible = useMemo(
    () => columns.filter((column) => column.hideable === false || (stored.columns?.[column.id] ?? !column.hidden)),
    [columns, stored],
  );

  return {
    visible,
    density: stored.density ?? "normal",
    setDensity: (density: Density) => store({ density }),
    setColumn: (id: string, on: boolean) => store({ columns: { ...stored.columns, [id]: on } }),
    resetColumns: () => store({ columns: {} }),
  };
}
