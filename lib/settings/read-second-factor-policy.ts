import "server-only";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { settingsOf } from "./read-settings";
import type { SecondFactorPolicy } from "./second-factor-policy";
import { type StoredSettings, storedSettings } from "./stored-settings";

/** Who must have a second factor: SECOND_FACTOR=off and required say it, otherwise the setting. */
export async function readSecondFactorPolicy({
  ctx,
}: {
  ctx: { db: Pick<Ctx["db"], "select"> };
}): Promise<SecondFactorPolicy> {
  return secondFactorPolicyOf(await storedSettings(ctx.db));
}

/** The same of settings that were read already. */
export function secondFactorPolicyOf(stored: StoredSettings): SecondFactorPolicy {
  const { SECOND_FACTOR } = env();
  if (SECOND_FACTOR === "off") return "nobody";
  if (SECOND_FACTOR === "required") return "everybody";
  return settingsOf(stored).second_factor.requiredFor;
}
