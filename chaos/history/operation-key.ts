import type { OperationParams } from "../../lib/operations/types.ts";
import { fields } from "../../sandbox/lab.ts";
import type { JournalRow } from "../../sandbox/types.ts";

/** What a call asks for, spelt alike on both sides: an upstream write and the operation behind it have the same one. */
export function signatureOfCall({ kind, params }: Pick<JournalRow, "kind" | "params">): string {
  if (kind === "destroy") {
    const ids = (Array.isArray(params) ? params : []).map((item: unknown) => String(fields(item).id));
    return `destroy ${ids.join(" ")}`;
  }
  const given = fields(params);
  if (kind === "generate") return `generate ${given.type} × ${given.total}`;
  return `transfer ${given.phone}/${given.code} → ${given.target_phone}/${given.target_code}: ${given.limit}`;
}

export function signatureOfOperation(params: OperationParams): string {
  if (params.kind === "destroy") return `destroy ${params.card.id}`;
  if (params.kind === "generate") return `generate ${params.keyType} × ${params.count}`;
  const { source, target, amount } = params;
  return `transfer ${source.phone}/${source.code} → ${target.phone}/${target.code}: ${amount}`;
}
