import "server-only";
import type { operation } from "@/lib/db/schema";
import type { OperationParams } from "../operation";
import { openParams } from "./sealed-params";

/** An operation as its row is stored. */
export type StoredOperation = typeof operation.$inferSelect;

/** An operation as everything but the journal knows it: its parameters are whole, its sealed column is not there. */
export type OperationRow = Omit<StoredOperation, "params" | "sealed" | "about"> & { params: OperationParams };

/** Every row that is read goes through here. Cards whose sealed values don't open have a null code. */
export function openOperation({ params, sealed, about: _about, ...row }: StoredOperation): OperationRow {
  return { ...row, params: openParams(row.id, { params, sealed }) };
}
