import "server-only";
import pg from "pg";
import { NAMES_FILLED } from "@/lib/cards/names/are-names-filled";
import { nameTerms } from "@/lib/cards/names/name-terms";

/**
 * Fill the mirror as the sandbox's seed spreads cards: types, owners for seven in eight, one in ten empty, one in fifty
 * gone. What stood in it goes. As the role that owns the tables.
 */
export async function seedMirror(ownerUrl: string, cards: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Rows whose commit is not on disk yet can't be marked visible to all, and then no index is read alone.
    await client.query("set synchronous_commit = on; set statement_timeout = 0");
    await client.query("truncate card, card_seen, card_balance");
    await withoutIndexes(client, () => client.query(SEED, [cards]));
    await client.query("vacuum analyze card");
  } finally {
    await client.end();
  }
}

/** A million rows are written and then sorted in a fifth of the time it takes to put each into every index. */
async function withoutIndexes(client: pg.Client, write: () => Promise<unknown>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = 'card'::regclass and not indisprimary`);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await write();
  await client.query("set maintenance_work_mem = '256MB'");
  for (const { definition } of rows) await client.query(definition);
}

const SEED = `
  insert into card (id, code, type, balance, unlimited, user_id, phone, user_name, created_at, updated_at,
    first_seen_at, read_at, gone_at)
  select md5(i::text), substr(translate(encode(sha256(i::text::bytea), 'base64'), '+/=', 'xyz'), 1, 8), kind,
    case when kind = '5' then null when h % 10 = 0 then 0 when h % 101 = 0 then null else h % 5000 end,
    kind = '5',
    case when owned then md5('u' || i) end,
    case when owned then (13000000000 + (h::bigint * 7919) % 7000000000)::text end,
    case when owned then substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许', 1 + h % 20, 1)
      || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华', 1 + h / 20 % 20, 1)
      || case when h % 5 < 3 then substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华', 1 + h / 400 % 20, 1) else '' end
      || case when h % 13 = 0 then ' Jonathan' else '' end end,
    timestamptz '2026-09-21' - (h % 548) * interval '1 day' - i * interval '1 second',
    case when h % 5 < 3 then timestamptz '2026-09-21' - (h % 200) * interval '1 day' - i * interval '1 second' end,
    now(), now(), case when h % 50 = 0 then now() end
  from generate_series(1, $1::int) i,
    lateral (select abs(hashint4(i) % 1000003) as h) hash,
    lateral (select (array['0','0','1','1','1','2','2','3','4','5','9'])[1 + h % 11] as kind, h % 8 > 0 as owned) more`;

/** What the nicknames in the mirror are found by, as a sync writes it; each of the few different ones is read once. */
export async function seedNames(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("set statement_timeout = 0; set maintenance_work_mem = '256MB'; truncate card_name");
    const { rows } = await client.query<{ name: string }>(
      "select distinct user_name as name from card where user_name is not null",
    );
    const terms = rows.map(({ name }) => ({ name, terms: nameTerms(name) }));
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index where indrelid = 'card_name'::regclass and not indisprimary`);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await client.query(
      `insert into card_name (card_id, user_name, terms)
       select id, name, terms from card join (
         select name, array_to_tsvector(array(select json_array_elements_text(terms))) as terms
         from json_to_recordset($1::json) as n(name text, terms json)) named on name = user_name`,
      [JSON.stringify(terms)],
    );
    for (const { definition } of indexes) await client.query(definition);
    await client.query(`insert into setting (key, value) values ('${NAMES_FILLED}', 'true') on conflict do nothing`);
    await client.query("vacuum analyze card_name");
  } finally {
    await client.end();
  }
}
