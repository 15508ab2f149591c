import { fields } from "../../sandbox/core/fields.ts";
import type { ActionResult, Client } from "../client/client.ts";
import { callsOf } from "../history/history.ts";
import type { RunContext } from "../run/run-context.ts";
import { sendAndDisconnect } from "./send-and-disconnect.ts";

export type Kind = "Transfer" | "Destroy";

/** Drafts and confirmations while nothing is killed and nobody consumes, so that every call upstream is our own. */
export class SubmitHarness {
  readonly context: RunContext;
  #turn = 0;

  constructor(context: RunContext) {
    this.context = context;
  }

  /** The next console's address, round robin. */
  get url(): string {
    const { consoles } = this.context;
    return consoles[this.#turn++ % consoles.length]?.url ?? "";
  }

  /** Writes the upstream has received so far. */
  get calls(): number {
    const { journal } = this.context.upstreams.sandbox.store;
    return callsOf({ upstream: { journal } }).length;
  }

  /** Preview a transfer between two cards that no recent draft uses, or the destroy of an empty card. */
  async draft(kind: Kind): Promise<{ operationId: string; cardId: string }> {
    const { transferable, empty } = this.context.upstreams;
    const at = this.#turn;
    const [sourceId = "", targetId = ""] = [
      transferable[at % transferable.length],
      transferable[(at + 1) % transferable.length],
    ];
    const cardId = kind === "Transfer" ? sourceId : (empty.pop() ?? "");
    const input = kind === "Transfer" ? { sourceId, targetId, amount: 1 } : { cardIds: [cardId] };
    const result = await this.context.operator.call(this.url, `operations.preview${kind}Action`, input);
    const data = result.kind === "ok" ? fields(result.data) : {};
    const preview = kind === "Transfer" ? data : fields(Array.isArray(data.rows) ? data.rows[0] : undefined);
    const { operationId } = fields(preview.draft);
    if (typeof operationId !== "string") throw new Error(`no draft to confirm: ${JSON.stringify(result)}`);
    return { operationId, cardId };
  }

  /** Send a confirmation and reset the connection. */
  sendAndDisconnect(kind: Kind, operationId: string, how: { share: number; afterMs: number }): Promise<void> {
    const action = `operations.confirm${kind}Action`;
    return sendAndDisconnect(this.context.operator.request(this.url, action, confirmation(kind, operationId)), how);
  }

  confirm(kind: Kind, operationId: string, client: Client = this.context.operator): Promise<ActionResult> {
    return client.call(this.url, `operations.confirm${kind}Action`, confirmation(kind, operationId));
  }
}

/** What the dialogs send: the id, and nothing else. */
export const confirmation = (kind: Kind, operationId: string): object =>
  kind === "Transfer" ? { operationId } : { operationIds: [operationId] };

/** The outcome in a result: a state, or the code of the error. A destroy answers with a row for each card. */
export function outcomeOf(result: ActionResult): string {
  if (result.kind === "indeterminate") return `indeterminate: ${result.why}`;
  if (result.kind === "error") return result.error.code;
  if (!Array.isArray(result.data)) return String(fields(result.data).state);
  const row = fields(result.data[0]);
  return String(row.ok === true ? fields(row.operation).state : fields(row.error).code);
}
