import "server-only";
import { count, eq, isNotNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { parseAppKeys, tagOf } from "@/lib/core/sealing";
import {
  alertChannel,
  audit,
  cardEvent,
  cardKey,
  customerNote,
  followUp,
  operation,
  setting,
  totp,
} from "@/lib/db/schema";
import type { AppKeyUse } from "../types";
import { FINGERPRINT_SETTING } from "./fingerprint";
import { sealedBy } from "./sealed-by";

/** Each app key and how much is sealed with it: an old one with nothing left may go. Tags and counts only. */
export async function readAppKeys({ ctx }: { ctx: Ctx }): Promise<AppKeyUse[]> {
  const configured = parseAppKeys(env().APP_KEYS ?? "").map(({ tag }) => tag);
  const [keys, apps, operations, events, notes, followUps, channels, secrets, records] = await Promise.all([
    ctx.db
      .select({ tag: sealedBy(cardKey.cipher), sealed: count() })
      .from(cardKey)
      .groupBy(sealedBy(cardKey.cipher)),
    ctx.db
      .select({ tag: sealedBy(totp.secret), sealed: count() })
      .from(totp)
      .groupBy(sealedBy(totp.secret)),
    ctx.db
      .select({ tag: sealedBy(operation.sealed), sealed: count() })
      .from(operation)
      .where(isNotNull(operation.sealed))
      .groupBy(sealedBy(operation.sealed)),
    ctx.db
      .select({ tag: sealedBy(cardEvent.sealed), sealed: count() })
      .from(cardEvent)
      .where(isNotNull(cardEvent.sealed))
      .groupBy(sealedBy(cardEvent.sealed)),
    ctx.db
      .select({ tag: sealedBy(customerNote.sealed), sealed: count() })
      .from(customerNote)
      .where(isNotNull(customerNote.sealed))
      .groupBy(sealedBy(customerNote.sealed)),
    ctx.db
      .select({ tag: sealedBy(followUp.sealed), sealed: count() })
      .from(followUp)
      .groupBy(sealedBy(followUp.sealed)),
    ctx.db
      .select({ tag: sealedBy(alertChannel.sealed), sealed: count() })
      .from(alertChannel)
      .groupBy(sealedBy(alertChannel.sealed)),
    ctx.db.select({ value: setting.value }).from(setting).where(eq(setting.key, FINGERPRINT_SETTING)),
    ctx.db.select({ tag: audit.macKey, records: count() }).from(audit).groupBy(audit.macKey),
  ]);
  const counts = new Map<string, number>();
  const add = (tag: string, sealed: number) => counts.set(tag, (counts.get(tag) ?? 0) + sealed);
  for (const { tag, sealed } of [...keys, ...apps, ...operations, ...events, ...notes, ...followUps, ...channels])
    add(tag ?? "?", sealed);
  for (const { value } of secrets) add(tagOf(Buffer.from(String(value), "base64")), 1);
  const [newest] = configured;
  const tags = [...configured, ...[...counts.keys()].filter((tag) => !configured.includes(tag)).toSorted()];
  return tags.map((tag) => ({
    tag,
    state: tag === newest ? "newest" : configured.includes(tag) ? "old" : "missing",
    sealed: counts.get(tag) ?? 0,
    auditRecords: records.find((row) => row.tag === tag)?.records ?? 0,
  }));
}
