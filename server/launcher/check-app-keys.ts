import type pg from "pg";
import {
  type AppKey,
  alertChannelContext,
  cardEventContext,
  customerNoteContext,
  followUpContext,
  open,
  operationContext,
  parseAppKeys,
  seal,
  tagOf,
  totpContext,
} from "../../lib/core/sealing.ts";
import { connect } from "../postgres/connect.ts";
import { LaunchError } from "../process/launch-error.ts";

type Given = {
  /** As in APP_KEYS. */
  appKeys: string;
  /** Tags whose keys are gone for good, as in LOST_APP_KEYS. */
  lost: readonly string[];
};

type Sealed = { cipher: Buffer; context: string };

const SENTINEL = "cardesk";
const canaryName = (tag: string): string => `app_key_canary.${tag}`;
const FINGERPRINT = "card_key_fingerprint";

/**
 * Refuse to start with app keys that are not this database's: each opens a canary, which is sealed with it when it is
 * first seen, and every key that something stored is sealed with is there. With a wrong one the console would seem
 * healthy, make no key and open none. Throws {@link LaunchError}, which names tags, never keys.
 */
export async function checkAppKeys(connectionString: string, { appKeys, lost }: Given): Promise<void> {
  const keys = parseAppKeys(appKeys);
  const client = await connect(connectionString);
  try {
    const stored = await readSealed(client);
    const missing = [...stored.keys()].filter((tag) => !keys.some((key) => key.tag === tag) && !lost.includes(tag));
    if (missing.length > 0) throw new LaunchError(absent(missing));
    for (const key of keys) {
      const canary = await readCanary(client, key);
      // Before there was a canary, what is stored tells; one that opens is enough, since a single row may be damaged.
      const known = canary ? [canary] : (stored.get(key.tag) ?? []);
      if (known.length > 0 && !known.some((sealed) => opens(key, sealed))) throw new LaunchError(wrong(key.tag));
      if (!canary) await makeCanary(client, key);
    }
  } finally {
    await client.end();
  }
}

/** What is sealed, by tag: for each some card keys, secrets of authenticator apps, operations, changes of cards, words about customers and channels for alerts, and the fingerprint's secret. */
async function readSealed(client: pg.Client): Promise<Map<string, Sealed[]>> {
  const keys = await readSamples(client, "select id, cipher from card_key");
  const apps = await readSamples(client, "select user_id as id, secret as cipher from totp");
  const operations = await readSamples(client, "select id, sealed as cipher from operation where sealed is not null");
  const events = await readSamples(
    client,
    "select id::text, sealed as cipher from card_event where sealed is not null",
  );
  const notes = await readSamples(client, "select id, sealed as cipher from customer_note where sealed is not null");
  const followUps = await readSamples(client, "select id, sealed as cipher from follow_up");
  const channels = await readSamples(client, "select id, sealed as cipher from alert_channel");
  const { rows: secrets } = await client.query("select value from setting where key = $1", [FINGERPRINT]);
  const all = [
    ...keys.map(({ id, cipher }) => ({ cipher, context: id })),
    ...apps.map(({ id, cipher }) => ({ cipher, context: totpContext(id) })),
    ...operations.map(({ id, cipher }) => ({ cipher, context: operationContext(id) })),
    ...events.map(({ id, cipher }) => ({ cipher, context: cardEventContext(id) })),
    ...notes.map(({ id, cipher }) => ({ cipher, context: customerNoteContext(id) })),
    ...followUps.map(({ id, cipher }) => ({ cipher, context: followUpContext(id) })),
    ...channels.map(({ id, cipher }) => ({ cipher, context: alertChannelContext(id) })),
    ...secrets.flatMap(({ value }) => (typeof value === "string" ? fromText(value, FINGERPRINT) : [])),
  ];
  return Map.groupBy(all, ({ cipher }) => tagOf(cipher));
}

/** Of the rows of `select` (id, cipher) some for each app key they are sealed with. */
async function readSamples(client: pg.Client, select: string): Promise<{ id: string; cipher: Buffer }[]> {
  const { rows } = await client.query<{ id: string; cipher: Buffer }>(
    `with sealed as (${select}), headed as (
       select id, cipher, case when length(cipher) > 30 then substring(cipher for 2 + get_byte(cipher, 1)) end as head
       from sealed)
     select sample.id, sample.cipher
     from (select distinct head from headed where get_byte(head, 0) = 1) heads,
       lateral (select id, cipher from headed where headed.head = heads.head limit 20) sample`,
  );
  return rows;
}

async function readCanary(client: pg.Client, { tag }: AppKey): Promise<Sealed | undefined> {
  const { rows } = await client.query("select value from setting where key = $1", [canaryName(tag)]);
  return rows[0] && fromText(String(rows[0].value), canaryName(tag));
}

/** Of several consoles that start for the first time at once, the first one's key stays; another's is a wrong one. */
async function makeCanary(client: pg.Client, key: AppKey): Promise<void> {
  const name = canaryName(key.tag);
  const value = JSON.stringify(seal(key, SENTINEL, name).toString("base64"));
  await client.query("insert into setting (key, value) values ($1, $2::jsonb) on conflict do nothing", [name, value]);
  const kept = await readCanary(client, key);
  if (!kept || !opens(key, kept)) throw new LaunchError(wrong(key.tag));
}

const fromText = (text: string, context: string): Sealed => ({ cipher: Buffer.from(text, "base64"), context });

function opens(key: AppKey, { cipher, context }: Sealed): boolean {
  try {
    open([key], cipher, context);
    return true;
  } catch {
    return false;
  }
}

const absent = (tags: readonly string[]): string =>
  `APP_KEYS lacks the key ${tags.join(", ")}, which stored keys are sealed with: add it after the newest one. If it is lost for good, ` +
  `name it in LOST_APP_KEYS; what it sealed can then never be read.`;

const wrong = (tag: string): string =>
  `The key ${tag} in APP_KEYS is not the one this database's keys are sealed with: restore APP_KEYS or secrets.json from a ` +
  "backup. A new key needs a new tag, in front of the others.";
