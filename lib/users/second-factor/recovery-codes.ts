import "server-only";
import { createHash } from "node:crypto";
import { and, count, eq, isNull } from "drizzle-orm";
import { Secret } from "otpauth";
import type { Tx } from "@/lib/db/client";
import { recoveryCode } from "@/lib/db/schema";
import { lockUser } from "../lock-user";

const COUNT = 10;
const BYTES = 10;

/** As it was made: typed in any case, with or without hyphens. Base32 has no 0, 1 and 8. */
const normalise = (code: string): string =>
  code
    .toUpperCase()
    .replaceAll("0", "O")
    .replaceAll("1", "I")
    .replaceAll("8", "B")
    .replace(/[^A-Z2-7]/g, "");

const hashOf = (code: string): string => createHash("sha256").update(normalise(code)).digest("base64url");

/**
 * Replace a user's recovery codes by ten new ones of 80 bits, as "XXXX-XXXX-XXXX-XXXX". They can't be read again. Locks the
 * user's row, so that two sets never stand side by side.
 */
export async function issueRecoveryCodes(tx: Tx, { userId, at }: { userId: string; at: Date }): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => new Secret({ size: BYTES }).base32.replace(/(.{4})(?=.)/g, "$1-"));
  await lockUser(tx, userId);
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  await tx.insert(recoveryCode).values(codes.map((code) => ({ codeHash: hashOf(code), userId, createdAt: at })));
  return codes;
}

/** Use up a recovery code. False if it is not one of this user's, or was used; of concurrent uses one succeeds. */
export async function consumeRecoveryCode(
  tx: Pick<Tx, "update">,
  { userId, code, at }: { userId: string; code: string; at: Date },
): Promise<boolean> {
  const unused = and(
    eq(recoveryCode.codeHash, hashOf(code)),
    eq(recoveryCode.userId, userId),
    isNull(recoveryCode.usedAt),
  );
  const used = await tx.update(recoveryCode).set({ usedAt: at }).where(unused).returning({ at: recoveryCode.usedAt });
  return used.length === 1;
}

/** How many of a user's recovery codes are left. */
export async function countRecoveryCodes(tx: Pick<Tx, "select">, userId: string): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.userId, userId), isNull(recoveryCode.usedAt)));
  return row?.left ?? 0;
}
