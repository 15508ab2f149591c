import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { operation, operationCard, operationReading } from "@/lib/db/schema";
import { operationKinds } from "@/lib/operation-kinds";
import type { OperationRow, OperationView } from "@/lib/operations";
import {
  confirmOperation,
  destroyKind,
  openOperation,
  previewDestroy,
  previewTransfer,
  transferKind,
} from "@/lib/operations";
import { claimDue } from "@/lib/runtime/reconciler";
import type { CardRow } from "@/sandbox/store/card-row";
import type { JournalRow } from "@/sandbox/store/journal";
import { putCard } from "@/sandbox/store/store";
import type { TestRoom } from "./test-environment";

/** A confirmed or confirmable operation, and what the upstream itself knows of it. */
export type Draft = {
  id: string;
  kind: "transfer" | "destroy";
  confirm: () => Promise<OperationView>;
  /** The writes that reached the upstream for it. */
  writes: () => JournalRow[];
};

export type OperationDesk = ReturnType<typeof operationDesk>;

/** Cards of one's own in the sandbox, the real verbs on them, and looks at a moment of one's choice. */
export function operationDesk(room: TestRoom) {
  const { db } = database();
  const operator = room.as("operator");
  let made = 0;

  /** A paid, redeemed card nobody else in the test uses. */
  const card = (balance: number, change: Partial<CardRow> = {}): CardRow => {
    const row: CardRow = {
      id: randomBytes(16).toString("hex"),
      create_time: Date.now(),
      update_time: null,
      code: `D${String(++made).padStart(7, "0")}`,
      user_id: randomBytes(16).toString("hex"),
      api_limit: balance,
      type: "1",
      user_phone: 13_900_000_000 + made,
      user_name: `甲${made}`,
      ...change,
    };
    putCard(room.sandbox.store, row);
    return row;
  };

  const draftOf = (id: string, kind: "transfer" | "destroy", isOurs: (row: JournalRow) => boolean): Draft => ({
    id,
    kind,
    confirm: () => confirmOperation({ ctx: operator, kind: KINDS[kind], input: { operationId: id } }),
    writes: () => room.sandbox.store.journal.filter((row) => row.actor === "caller" && isOurs(row)),
  });

  const transfer = async (source: CardRow, target: CardRow, amount: number): Promise<Draft> => {
    const input = { sourceId: source.id, targetId: target.id, amount };
    const { draft, problems } = await previewTransfer({ ctx: operator, input });
    if (!draft) throw new Error(`no draft: ${problems.map((problem) => problem.key)}`);
    return draftOf(draft.operationId, "transfer", (row) => text(row).includes(`"code":"${source.code}"`));
  };

  const destroy = async ({ id }: CardRow): Promise<Draft> => {
    const { rows } = await previewDestroy({ ctx: operator, input: { cardIds: [id] } });
    const draft = rows[0]?.draft;
    if (!draft) throw new Error("no draft");
    return draftOf(draft.operationId, "destroy", (row) => text(row).includes(`"id":"${id}"`));
  };

  const row = async (id: string): Promise<OperationRow> => {
    const [found] = await db.select().from(operation).where(eq(operation.id, id));
    if (!found) throw new Error(`no operation ${id}`);
    return openOperation(found);
  };

  /** Confirm under a fault that leaves the outcome unknown, whether or not it happened. */
  const unknown = async (draft: Draft, effect: "never" | "before"): Promise<string> => {
    const [rule] = await room.sandbox.addFaults([{ fault: "reset", match: { path: PATHS[draft.kind] }, effect }]);
    const { state } = await draft.confirm();
    await room.sandbox.clearFaults(rule?.id);
    if (state !== "unknown") throw new Error(`${state}, where unknown was wanted`);
    return draft.id;
  };

  return {
    card,
    transfer,
    destroy,
    unknown,
    unknownTransfer: async (source: CardRow, target: CardRow, amount: number, effect: "never" | "before") =>
      unknown(await transfer(source, target, amount), effect),
    unknownDestroy: async (card: CardRow, effect: "never" | "before") => unknown(await destroy(card), effect),
    row,
    state: async (id: string) => (await row(id)).state,
    /** Reconcile as the reconciler would `seconds` after the call ended, by both clocks. False: nothing is due then. */
    look: async (id: string, seconds: number): Promise<boolean> => {
      const { endedAt } = await row(id);
      const at = new Date((endedAt?.getTime() ?? 0) + seconds * 1000);
      const ctx = room.as("admin", () => at);
      room.elapse(at.getTime() - Date.now() + MONOTONIC_AHEAD_MS);
      const due = (await claimDue(ctx, 1_000)).find((each) => each.id === id);
      try {
        if (due) await operationKinds[due.kind].reconcile(ctx, due);
      } finally {
        room.elapse(0);
      }
      return due !== undefined;
    },
    conclusions: async (id: string): Promise<string[]> => {
      const where = eq(operationReading.operationId, id);
      const rows = await db.select().from(operationReading).where(where).orderBy(operationReading.id);
      return rows.map((reading) => reading.conclusion);
    },
    /** How many cards the operation holds. */
    held: async (id: string): Promise<number> => {
      const where = and(eq(operationCard.operationId, id), eq(operationCard.open, true));
      return (await db.select().from(operationCard).where(where)).length;
    },
  };
}

/** So far ahead that the wall clock decides. */
export const MONOTONIC_AHEAD_MS = 3_600_000;
const KINDS = { transfer: transferKind, destroy: destroyKind };
const PATHS = { transfer: "/cdkey/transfer", destroy: "/cdkey/destroy" };
const text = (row: JournalRow): string => JSON.stringify(row.params);
