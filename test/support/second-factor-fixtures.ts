import { Secret, TOTP } from "otpauth";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { beginTotp, confirmTotp, SecondFactorNeeded, signIn } from "@/lib/users";
import { PASSWORD, type TestUser, type UserFixtures } from "./user-fixtures";

const APP_KEYS = `k1:${Buffer.alloc(32, 7).toString("base64")}`;

const DEFAULTS = { LOG_LEVEL: "silent", AUTH_SECRET: "t".repeat(40), APP_URL: "https://cardesk.example" };

/** Keys to seal secrets under, an address for passkeys, and whatever else a test changes. */
export function setSecondFactorEnv(changes: Record<string, string> = {}): void {
  const given = { ...DEFAULTS, APP_KEYS, ...changes };
  sharedSlot("env").value = parseEnv(given);
}

/** What an authenticator app shows. */
export const codeAt = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

export type Enrolled = { ctx: Ctx; account: TestUser; secret: string; recoveryCodes: string[] };

/** A user of the fixtures with a confirmed app, one step before now: the current code is still unused. */
export async function enrol(fixtures: UserFixtures, account: TestUser): Promise<Enrolled> {
  const ctx = await fixtures.signIn(account);
  const { secret } = await beginTotp({ ctx });
  const { recoveryCodes } = await confirmTotp({ ctx, input: { code: codeAt(secret, ctx.now()) } });
  fixtures.advance(30);
  return { ctx, account, secret, recoveryCodes: recoveryCodes ?? [] };
}

/** Show a right password; returns the ticket of the second step. */
export async function enterPassword(fixtures: UserFixtures, username: string): Promise<SecondFactorNeeded> {
  const entered = signIn({ ctx: fixtures.anonymous(), input: { username, password: PASSWORD } });
  const answer: unknown = await entered.catch((error: unknown) => error);
  if (answer instanceof SecondFactorNeeded) return answer;
  throw new Error(`no second step: ${String(answer)}`);
}
