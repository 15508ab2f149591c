import type { OperationParams } from "../../lib/operations/types.ts";
import { decryptKey } from "./decrypt-key.ts";

/** An operation as its row has it: phones and codes of its cards are sealed beside its parameters, the source's first. */
type Stored = { id: string; params: OperationParams; sealed: Buffer | null };

/** Whole parameters, opened independently of the console's code. Throws if what is sealed does not open. */
export function openParams({ id, params, sealed }: Stored, appKeys: string): OperationParams {
  if (params.kind === "generate") return params;
  const plain = sealed && decryptKey(sealed, `operation.sealed ${id}`, appKeys);
  if (!plain) throw new Error(`operation ${id}: its cards can't be opened`);
  const [first, second] = JSON.parse(plain);
  if (params.kind === "destroy") return { ...params, card: { ...params.card, ...first } };
  return { ...params, source: { ...params.source, ...first }, target: { ...params.target, ...second } };
}
