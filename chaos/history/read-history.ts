import pg from "pg";
import { balanceOf } from "../../sandbox/store.ts";
import type { Upstreams } from "../cluster/upstreams.ts";
import { openKey } from "./decrypt-key.ts";
import type { Audit, Batch, Evidence, Lock, Mirrored, Operation, RecordedKey, Told } from "./history.ts";
import type { Sight } from "./write-ahead-observer.ts";

const OPERATIONS = `
  select id, kind, state, params, reason, settled_as as "settledAs", batch_id as "batchId",
    created_at as "createdAt", intent_at as "intentAt", sent_at as "sentAt", ended_at as "endedAt", finished_at as "finishedAt",
    (select count(*)::int from operation_reading r where r.operation_id = o.id and r.conclusion = 'before') as baselines
  from operation o`;

type Account = Pick<Evidence, "operations" | "audits" | "locks" | "keys" | "batches" | "mirror">;

/** The console's account of the run, straight from its database. */
export async function readAccount(connectionString: string, appKeys: string): Promise<Account> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const all = async <T>(text: string): Promise<T[]> => (await client.query(text)).rows as T[];
  try {
    const keys = await all<Omit<RecordedKey, "plain"> & { id: string; cipher: Buffer }>(
      `select id, batch_id as "batchId", operation_id as "operationId", flag, recovered, cipher from card_key`,
    );
    return {
      operations: (await all<Record<string, unknown>>(OPERATIONS)).map((row) => inMs(row) as Operation),
      audits: await all<Audit>(`select id::int, action, target_id as "targetId" from audit order by audit.id`),
      locks: await all<Lock>(`select operation_id as "operationId", card_id as "cardId", open from operation_card`),
      keys: keys.map(({ id, cipher, ...row }) => ({ ...row, plain: openKey(cipher, id, appKeys) })),
      batches: await all<Batch>(`select id, key_type as "keyType", wanted, state from batch`),
      mirror: await all<Mirrored>("select id, balance::int, gone_at is not null as gone from card"),
    };
  } finally {
    await client.end();
  }
}

const inMs = (row: Record<string, unknown>): unknown =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.getTime() : value]),
  );

/** Both accounts together. */
export function evidenceOf(upstreams: Upstreams, account: Account, told: Told[], sights: Sight[]): Evidence {
  const { sandbox, first } = upstreams;
  const { cards, keys, journal } = sandbox.state;
  const { trap, calls } = sandbox.summary();
  const followed = Object.values(calls).reduce((sum, { redirectsFollowed }) => sum + redirectsFollowed, 0);
  return {
    upstream: {
      journal,
      balances: {
        first: first.balances,
        last: new Map([...cards.values()].map((card) => [card.id, balanceOf(card) ?? 0])),
      },
      keys: { first: first.keys, last: keys.map((key) => key.cardStr) },
      strayCalls: trap.hits.length + followed,
    },
    ...account,
    told,
    sights,
  };
}
