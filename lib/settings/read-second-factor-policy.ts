import "server-only";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { readSettings } from "./read-settings";
import type { SecondFactorPolicy } from "./second-factor-policy";

/** Who must have a second factor: SECOND_FACTOR=off and required say it, otherwise the setting. */
export async function readSecondFactorPolicy({ ctx }: { ctx: { db: Pick<Ctx["db"], "select"> } }) {
  const { SECOND_FACTOR } = env();
  if (SECOND_FACTOR === "off") return "nobody" satisfies SecondFactorPolicy;
  if (SECOND_FACTOR === "required") return "everybody" satisfies SecondFactorPolicy;
  return (await readSettings({ ctx })).second_factor.requiredFor;
}
