import "server-only";
import { and, asc, eq, gt, isNotNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { appKeys, openText, sealText } from "@/lib/core/app-keys";
import { env } from "@/lib/core/env";
import {
  alertChannelContext,
  cardEventContext,
  customerNoteContext,
  followUpContext,
  operationContext,
  totpContext,
} from "@/lib/core/sealing";
import { alertChannel, cardEvent, cardKey, customerNote, followUp, operation, totp } from "@/lib/db/schema";
import { hashesOfSealed } from "@/lib/operations";
import { readFingerprint } from "./fingerprint";
import { isSealedByAnother } from "./sealed-by";

/** Rows per transaction: short locks, and a stop in between is quick. */
const CHUNK = 200;

type Input = { signal?: AbortSignal; chunk?: number };
type Row = { id: string; cipher: Buffer };
type Page = { after: string | undefined; newest: string; limit: number };
type Change = Row & { plain: string; sealed: Buffer };

/** A table with ciphers: how to read those of older keys, what each is bound to, and how to put another in its place. */
type Place = {
  readOld: (ctx: Ctx, page: Page) => Promise<Row[]>;
  contextOf: (id: string) => string;
  /** Unless it changed meanwhile. Returns how many rows it changed. */
  replace: (ctx: Ctx, change: Change) => Promise<number>;
};

const cardKeys: Place = {
  readOld: (ctx, { after, newest, limit }) =>
    ctx.db
      .select({ id: cardKey.id, cipher: cardKey.cipher })
      .from(cardKey)
      .where(and(after === undefined ? undefined : gt(cardKey.id, after), isSealedByAnother(cardKey.cipher, newest)))
      .orderBy(asc(cardKey.id))
      .limit(limit),
  contextOf: (id) => id,
  replace: async (ctx, { id, cipher, sealed }) => {
    const same = and(eq(cardKey.id, id), eq(cardKey.cipher, cipher));
    return (await ctx.db.update(cardKey).set({ cipher: sealed }).where(same)).rowCount ?? 0;
  },
};

const authenticatorApps: Place = {
  readOld: (ctx, { after, newest, limit }) =>
    ctx.db
      .select({ id: totp.userId, cipher: totp.secret })
      .from(totp)
      .where(and(after === undefined ? undefined : gt(totp.userId, after), isSealedByAnother(totp.secret, newest)))
      .orderBy(asc(totp.userId))
      .limit(limit),
  contextOf: totpContext,
  replace: async (ctx, { id, cipher, sealed }) => {
    const same = and(eq(totp.userId, id), eq(totp.secret, cipher));
    return (await ctx.db.update(totp).set({ secret: sealed }).where(same)).rowCount ?? 0;
  },
};

const operations: Place = {
  readOld: async (ctx, { after, newest, limit }) => {
    const isOld = and(isNotNull(operation.sealed), isSealedByAnother(operation.sealed, newest));
    const rows = await ctx.db
      .select({ id: operation.id, cipher: operation.sealed })
      .from(operation)
      .where(and(after === undefined ? undefined : gt(operation.id, after), isOld))
      .orderBy(asc(operation.id))
      .limit(limit);
    return rows.flatMap(({ id, cipher }) => (cipher ? [{ id, cipher }] : []));
  },
  contextOf: operationContext,
  replace: async (ctx, { id, cipher, plain, sealed }) => {
    const same = and(eq(operation.id, id), eq(operation.sealed, cipher));
    // What it is found by is under an app key too.
    const changes = { sealed, about: hashesOfSealed(plain) };
    return (await ctx.db.update(operation).set(changes).where(same)).rowCount ?? 0;
  },
};

const cardEvents: Place = {
  readOld: async (ctx, { after, newest, limit }) => {
    const isOld = and(isNotNull(cardEvent.sealed), isSealedByAnother(cardEvent.sealed, newest));
    const rows = await ctx.db
      .select({ id: cardEvent.id, cipher: cardEvent.sealed })
      .from(cardEvent)
      .where(and(after === undefined ? undefined : gt(cardEvent.id, Number(after)), isOld))
      .orderBy(asc(cardEvent.id))
      .limit(limit);
    return rows.flatMap(({ id, cipher }) => (cipher ? [{ id: String(id), cipher }] : []));
  },
  contextOf: cardEventContext,
  replace: async (ctx, { id, cipher, sealed }) => {
    const same = and(eq(cardEvent.id, Number(id)), eq(cardEvent.sealed, cipher));
    return (await ctx.db.update(cardEvent).set({ sealed }).where(same)).rowCount ?? 0;
  },
};

const customerNotes: Place = {
  readOld: async (ctx, { after, newest, limit }) => {
    const isOld = and(isNotNull(customerNote.sealed), isSealedByAnother(customerNote.sealed, newest));
    const rows = await ctx.db
      .select({ id: customerNote.id, cipher: customerNote.sealed })
      .from(customerNote)
      .where(and(after === undefined ? undefined : gt(customerNote.id, after), isOld))
      .orderBy(asc(customerNote.id))
      .limit(limit);
    return rows.flatMap(({ id, cipher }) => (cipher ? [{ id, cipher }] : []));
  },
  contextOf: customerNoteContext,
  replace: async (ctx, { id, cipher, sealed }) => {
    const same = and(eq(customerNote.id, id), eq(customerNote.sealed, cipher));
    return (await ctx.db.update(customerNote).set({ sealed }).where(same)).rowCount ?? 0;
  },
};

const followUps: Place = {
  readOld: (ctx, { after, newest, limit }) =>
    ctx.db
      .select({ id: followUp.id, cipher: followUp.sealed })
      .from(followUp)
      .where(and(after === undefined ? undefined : gt(followUp.id, after), isSealedByAnother(followUp.sealed, newest)))
      .orderBy(asc(followUp.id))
      .limit(limit),
  contextOf: followUpContext,
  replace: async (ctx, { id, cipher, sealed }) => {
    const same = and(eq(followUp.id, id), eq(followUp.sealed, cipher));
    return (await ctx.db.update(followUp).set({ sealed }).where(same)).rowCount ?? 0;
  },
};

const alertChannels: Place = {
  readOld: (ctx, { after, newest, limit }) =>
    ctx.db
      .select({ id: alertChannel.id, cipher: alertChannel.sealed })
      .from(alertChannel)
      .where(
        and(
          after === undefined ? undefined : gt(alertChannel.id, after),
          isSealedByAnother(alertChannel.sealed, newest),
        ),
      )
      .orderBy(asc(alertChannel.id))
      .limit(limit),
  contextOf: alertChannelContext,
  replace: async (ctx, { id, cipher, sealed }) => {
    const same = and(eq(alertChannel.id, id), eq(alertChannel.sealed, cipher));
    return (await ctx.db.update(alertChannel).set({ sealed }).where(same)).rowCount ?? 0;
  },
};

/**
 * After a rotation: seal every stored key, the secrets of authenticator apps, phones and codes, words about customers, and addresses of alerts again under the newest app key. In small
 * steps: a run that is stopped is gone on with by the next, and two at once do no harm. One that doesn't open (its app key
 * is gone) stays as it is. Returns how many were sealed again.
 */
export async function resealKeys({ ctx, input }: { ctx: Ctx; input: Input }): Promise<number> {
  if (!env().APP_KEYS) return 0;
  // Its secret is sealed again by being read.
  await readFingerprint();
  let resealed = 0;
  for (const place of [cardKeys, authenticatorApps, operations, cardEvents, customerNotes, followUps, alertChannels])
    resealed += await resealPlace(ctx, place, input);
  return resealed;
}

async function resealPlace(ctx: Ctx, place: Place, { signal, chunk = CHUNK }: Input): Promise<number> {
  const [{ tag: newest }] = appKeys();
  let resealed = 0;
  for (let after: string | undefined; !signal?.aborted; ) {
    const rows = await place.readOld(ctx, { after, newest, limit: chunk });
    if (rows.length === 0) break;
    for (const row of rows) resealed += await reseal(ctx, place, row);
    after = rows.at(-1)?.id;
  }
  return resealed;
}

async function reseal(ctx: Ctx, place: Place, row: Row): Promise<number> {
  const context = place.contextOf(row.id);
  const plain = readable(row.cipher, context);
  return plain === null ? 0 : place.replace(ctx, { ...row, plain, sealed: sealText(plain, context) });
}

function readable(cipher: Buffer, context: string): string | null {
  try {
    return openText(cipher, context);
  } catch {
    return null;
  }
}
