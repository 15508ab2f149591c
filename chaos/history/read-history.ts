import pg from "pg";
import { balanceOf } from "../../sandbox/store/card-row.ts";
import type { Upstreams } from "../cluster/upstreams.ts";
import { decryptKey } from "./decrypt-key.ts";
import type { AuditEntry, Batch, History, Lock, MirroredCard, Operation, RecordedKey } from "./history.ts";
import { openParams } from "./open-params.ts";

const OPERATIONS = `
  select id, kind, state, params, sealed, reason, settled_as as "settledAs", batch_id as "batchId",
    created_at as "createdAt", intent_at as "intentAt", sent_at as "sentAt", ended_at as "endedAt", finished_at as "finishedAt",
    (select count(*)::int from operation_reading r where r.operation_id = o.id and r.conclusion = 'before') as baselines
  from operation o`;

type ConsoleRecords = Pick<History, "operations" | "audit" | "locks" | "keys" | "batches" | "mirror">;

/** What the console recorded, read directly from its database; its times become ours by `toOurTime`. */
export async function readConsoleRecords(
  connectionString: string,
  appKeys: string,
  toOurTime: (consoleTime: number) => number,
): Promise<ConsoleRecords> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const all = async <T>(text: string): Promise<T[]> => (await client.query(text)).rows as T[];
  try {
    const keys = await all<Omit<RecordedKey, "plain"> & { id: string; cipher: Buffer }>(
      `select id, batch_id as "batchId", operation_id as "operationId", flag, recovered, cipher from card_key`,
    );
    return {
      operations: (await all<Record<string, unknown>>(OPERATIONS)).map(({ sealed, ...row }) => {
        const stored = { ...row, sealed } as Parameters<typeof openParams>[0];
        return { ...(withEpochMs(row, toOurTime) as Operation), params: openParams(stored, appKeys) };
      }),
      audit: await all<AuditEntry>(`select id::int, action, target_id as "targetId" from audit order by audit.id`),
      locks: await all<Lock>(`select operation_id as "operationId", card_id as "cardId", open from operation_card`),
      keys: keys.map(({ id, cipher, ...row }) => ({ ...row, plain: decryptKey(cipher, id, appKeys) })),
      batches: await all<Batch>(`select id, key_type as "keyType", wanted, state from batch`),
      mirror: await all<MirroredCard>("select id, balance::int, gone_at is not null as gone from card"),
    };
  } finally {
    await client.end();
  }
}

const withEpochMs = (row: Record<string, unknown>, toOurTime: (consoleTime: number) => number): unknown =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? toOurTime(value.getTime()) : value]),
  );

/** What the upstream recorded, read from the sandbox. */
export function readUpstreamRecords({ sandbox, initial }: Upstreams): History["upstream"] {
  const { cards, keys, journal } = sandbox.store;
  const { redirectTarget, calls } = sandbox.summary();
  const followed = Object.values(calls).reduce((sum, { redirectsFollowed }) => sum + redirectsFollowed, 0);
  return {
    journal,
    balances: {
      initial: initial.balances,
      final: new Map([...cards.values()].map((card) => [card.id, balanceOf(card) ?? 0])),
    },
    keys: { initial: initial.keys, final: keys.map((key) => key.cardStr) },
    strayCalls: redirectTarget.hits.length + followed,
  };
}
