import type { CardSnapshot, OperationParams } from "../../lib/operations/types.ts";
import type { Change, JournalRow } from "../../sandbox/store/journal.ts";
import type { AuditEntry, History, Operation, RecordedKey } from "../history/history.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
export type MutableHistory = Omit<Mutable<History>, "upstream"> & { upstream: Mutable<History["upstream"]> };

const card = (id: string, balance: number): CardSnapshot => ({
  id,
  code: `code-${id}`,
  phone: `138-${id}`,
  userName: null,
  type: "1",
  balance,
});

const A = card("a", 100);
const B = card("b", 50);
const E = card("e", 0);

/** The history of a small correct run: a test falsifies one thing in it and sees which checkers find it. */
export function validHistory(): MutableHistory {
  const builder = new HistoryBuilder();
  builder.operation("t1", { kind: "transfer", source: A, target: B, amount: 30 }, "done", 1_000);
  builder.call("t1", 1_010, [balance("a", 100, 70), balance("b", 50, 80)]);
  builder.consume("a", 70, 65, 1_500);
  builder.operation("t2", { kind: "transfer", source: B, target: A, amount: 10 }, "unknown applied", 2_000);
  builder.call("t2", 2_010, [balance("b", 80, 70), balance("a", 65, 75)]);
  builder.operation("t3", { kind: "transfer", source: B, target: A, amount: 5 }, "unknown not_applied", 4_000);
  builder.call("t3", 4_010, []);
  builder.operation("t4", { kind: "transfer", source: A, target: B, amount: 7 }, "not_sent", null);
  builder.operation("d1", { kind: "destroy", card: E }, "done", 5_000);
  builder.call("d1", 5_010, [{ kind: "destroyed", cardId: "e" }]);
  builder.operation("g1", { kind: "generate", keyType: 1, count: 2 }, "done", 6_000);
  builder.call("g1", 6_010, [key("K1"), key("K2")]);
  builder.operation("g2", { kind: "generate", keyType: 1, count: 2 }, "unknown applied", 6_001);
  builder.call("g2", 6_011, [key("K3"), key("K4")]);
  builder.operation("g3", { kind: "generate", keyType: 1, count: 2 }, "refused", 6_002);
  builder.call("g3", 6_012, []);
  return builder.history();
}

const balance = (cardId: string, from: number, to: number): Change => ({ kind: "balance", cardId, from, to });
const key = (cardStr: string): Change => ({ kind: "key", keyId: cardStr, cardStr, type: 1, createdDate: 0 });
const recorded = (plain: string, operationId: string, recovered: boolean): RecordedKey => ({
  batchId: "batch",
  operationId,
  plain,
  flag: null,
  recovered,
});

class HistoryBuilder {
  readonly #operations: Operation[] = [];
  readonly #audit: AuditEntry[] = [];
  readonly #journal: JournalRow[] = [];

  operation(id: string, params: OperationParams, states: string, sentAt: number | null): void {
    const state = states.split(" ").at(-1) as Operation["state"];
    const end = sentAt === null ? 900 : sentAt + 100;
    this.#operations.push({
      id,
      kind: params.kind,
      state,
      params,
      createdAt: 800,
      intentAt: 850,
      sentAt,
      endedAt: sentAt === null ? null : end,
      finishedAt: end + 50,
      reason: null,
      settledAs: null,
      batchId: params.kind === "generate" ? "batch" : null,
      baselines: sentAt === null || params.kind === "generate" ? 0 : 1,
    });
    for (const step of ["confirmed", ...states.split(" ")])
      this.#audit.push({ id: this.#audit.length + 1, action: `operation.${step}`, targetId: id });
  }

  call(id: string, at: number, changes: Change[]): void {
    const params = this.#operations.find((row) => row.id === id)?.params;
    if (!params) throw new Error("add the operation first");
    this.#journal.push(row({ at, kind: params.kind, params: bodyOf(params), changes, seq: this.#journal.length + 1 }));
  }

  consume(cardId: string, from: number, to: number, at: number): void {
    const changes = [balance(cardId, from, to)];
    const rest = { actor: "consumer", kind: "consume", params: {}, seq: this.#journal.length + 1 } as const;
    this.#journal.push(row({ at, changes, ...rest }));
  }

  history(): MutableHistory {
    const initial = new Map([A, B, E].map(({ id, balance }) => [id, Number(balance)]));
    const final = new Map([
      ["a", 75],
      ["b", 70],
    ]);
    const calls = this.#journal.filter(({ actor }) => actor === "caller");
    return {
      upstream: {
        journal: this.#journal,
        balances: { initial, final },
        keys: { initial: new Set(["OLD"]), final: ["OLD", "K1", "K2", "K3", "K4"] },
        strayCalls: 0,
      },
      operations: this.#operations,
      audit: this.#audit,
      locks: [{ operationId: "t1", cardId: "a", open: false }],
      keys: [
        recorded("K1", "g1", false),
        recorded("K2", "g1", false),
        recorded("K3", "g2", true),
        recorded("K4", "g2", true),
      ],
      batches: [{ id: "batch", keyType: 1, wanted: 4, state: "done" }],
      mirror: [
        { id: "a", balance: 75, gone: false },
        { id: "b", balance: 70, gone: false },
        { id: "e", balance: 0, gone: true },
      ],
      acknowledged: [
        { operationId: "t1", state: "done" },
        { operationId: "t2", state: "unknown" },
      ],
      processLogs: [{ name: "a/console.log", lines: 7, uncaught: [] }],
      observations: calls.map(({ seq }) => ({ seq, journalled: "yes" })),
    };
  }
}

function row(given: Pick<JournalRow, "at" | "kind" | "params" | "changes" | "seq"> & Partial<JournalRow>): JournalRow {
  return {
    actor: "caller",
    upstream: "espai",
    path: "",
    fault: null,
    rule: null,
    effect: "before",
    dueAt: null,
    effectAt: given.changes.length > 0 ? given.at + 5 : null,
    refusal: null,
    ...given,
  };
}

function bodyOf(params: OperationParams): unknown {
  if (params.kind === "destroy") return [{ id: params.card.id }];
  if (params.kind === "generate") return { type: params.keyType, total: params.count };
  const { source, target, amount } = params;
  return {
    phone: source.phone,
    code: source.code,
    target_phone: target.phone,
    target_code: target.code,
    limit: String(amount),
  };
}
