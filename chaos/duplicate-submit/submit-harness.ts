import { fields } from "../../sandbox/lab.ts";
import type { Answer, Visitor } from "../client/client.ts";
import { callsOf } from "../history/history.ts";
import type { Crew } from "../run/run-context.ts";
import { sendAndBreak } from "./send-and-disconnect.ts";

export type Act = "Transfer" | "Destroy";

/** A calm console and upstream: nothing is killed, nobody consumes. What is called is what we asked for. */
export class Stage {
  readonly crew: Crew;
  #turn = 0;

  constructor(crew: Crew) {
    this.crew = crew;
  }

  /** The consoles in turn. */
  get url(): string {
    const { consoles } = this.crew;
    return consoles[this.#turn++ % consoles.length]?.url ?? "";
  }

  /** Writes the upstream has received so far. */
  get calls(): number {
    const { journal } = this.crew.upstreams.sandbox.state;
    return callsOf({ upstream: { journal } }).length;
  }

  /** Preview a transfer between two cards no other draft of the stage uses, or the destroying of an empty one. */
  async draft(act: Act, visitor: Visitor = this.crew.operator): Promise<{ operationId: string; cardId: string }> {
    const { movable, empty } = this.crew.upstreams;
    const at = this.#turn;
    const [sourceId = "", targetId = ""] = [movable[at % movable.length], movable[(at + 1) % movable.length]];
    const cardId = act === "Transfer" ? sourceId : (empty.pop() ?? "");
    const input = act === "Transfer" ? { sourceId, targetId, amount: 1 } : { cardIds: [cardId] };
    const answer = await visitor.act(this.url, `operations.preview${act}Action`, input);
    const data = answer.kind === "ok" ? fields(answer.data) : {};
    const shown = act === "Transfer" ? data : fields(Array.isArray(data.rows) ? data.rows[0] : undefined);
    const { operationId } = fields(shown.draft);
    if (typeof operationId !== "string") throw new Error(`no draft to confirm: ${JSON.stringify(answer)}`);
    return { operationId, cardId };
  }

  /** Send a confirmation and tear the connection down. */
  sendAndBreak(act: Act, operationId: string, how: { share: number; afterMs: number }): Promise<void> {
    const form = this.crew.operator.request(this.url, `operations.confirm${act}Action`, confirmation(act, operationId));
    return sendAndBreak(form, how);
  }

  confirm(act: Act, operationId: string, visitor: Visitor = this.crew.operator): Promise<Answer> {
    return visitor.act(this.url, `operations.confirm${act}Action`, confirmation(act, operationId));
  }
}

/** What the dialogs send: the id, and nothing else. */
export const confirmation = (act: Act, operationId: string): object =>
  act === "Transfer" ? { operationId } : { operationIds: [operationId] };

/** The outcome in an answer: a state, or the code of the error. A destroy answers with a row for each card. */
export function outcomeOf(answer: Answer): string {
  if (answer.kind === "broken") return `broken: ${answer.why}`;
  if (answer.kind === "error") return answer.error.code;
  if (!Array.isArray(answer.data)) return String(fields(answer.data).state);
  const row = fields(answer.data[0]);
  return String(row.ok === true ? fields(row.operation).state : fields(row.error).code);
}
