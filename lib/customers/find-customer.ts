import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { listNotes } from "./notes/list-notes";
import { readChanges } from "./read-changes";
import { readCustomerCards } from "./read-customer-cards";
import type { FindCustomer } from "./schemas";
import type { Customer } from "./types";
import { whoIsCustomer } from "./who-is-customer";

/**
 * A customer with all they have: by user id, or as whoever has a card. Cards of the same phone under another user id are
 * shown apart. Reads our own database alone. Throws AppError "not_found".
 */
export async function findCustomer({ ctx, input }: { ctx: Ctx; input: FindCustomer }): Promise<Customer> {
  const who = await whoIsCustomer(ctx, input);
  const [cards, others, totals, notes] = await Promise.all([
    readCustomerCards(ctx, who.own),
    who.others ? readCustomerCards(ctx, who.others) : [],
    readTotals(ctx, who.own),
    listNotes(ctx, who),
  ]);
  const named = cards.find(({ userName }) => userName !== null);
  return {
    userId: who.userId,
    userName: named?.userName ?? null,
    maskedPhone: cards.find(({ maskedPhone }) => maskedPhone !== null)?.maskedPhone ?? null,
    cards,
    others,
    totals,
    changes: await readChanges(ctx, cards),
    notes,
  };
}

type Totals = Record<keyof Customer["totals"], string>;

/** Over all of them, however many are shown. */
async function readTotals(ctx: Ctx, own: SQL): Promise<Customer["totals"]> {
  const { rows } = await ctx.db.execute<Totals>(sql`
    select count(*) filter (where gone_at is null) as cards,
      count(*) filter (where gone_at is not null) as gone,
      coalesce(sum(balance) filter (where gone_at is null), 0) as calls,
      count(*) filter (where gone_at is null and unlimited) as unlimited,
      count(*) filter (where gone_at is null and not unlimited and balance is null) as unread,
      count(*) filter (where gone_at is null and type = '0') as trial
    from card c where ${own}`);
  const of = (name: keyof Totals) => Number(rows[0]?.[name] ?? 0);
  return {
    cards: of("cards"),
    gone: of("gone"),
    calls: of("calls"),
    unlimited: of("unlimited"),
    unread: of("unread"),
    trial: of("trial"),
  };
}
