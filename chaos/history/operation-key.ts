import type { OperationParams } from "../../lib/operations/types.ts";
import { fields } from "../../sandbox/core/fields.ts";
import type { JournalRow } from "../../sandbox/store/journal.ts";

/** What a call asks for, as one string: an upstream write and the operation that sent it have the same key. */
export function keyOfCall({ kind, params }: Pick<JournalRow, "kind" | "params">): string {
  if (kind === "destroy") {
    const ids = (Array.isArray(params) ? params : []).map((item: unknown) => String(fields(item).id));
    return `destroy ${ids.join(" ")}`;
  }
  const body = fields(params);
  if (kind === "generate") return `generate ${body.type} × ${body.total}`;
  return `transfer ${body.phone}/${body.code} → ${body.target_phone}/${body.target_code}: ${body.limit}`;
}

/** The same key, from an operation's parameters. */
export function keyOfOperation(params: OperationParams): string {
  if (params.kind === "destroy") return `destroy ${params.card.id}`;
  if (params.kind === "generate") return `generate ${params.keyType} × ${params.count}`;
  const { source, target, amount } = params;
  return `transfer ${source.phone}/${source.code} → ${target.phone}/${target.code}: ${amount}`;
}
