import "server-only";
import type { Ctx } from "@/lib/context";
import { isLoopbackHost } from "@/lib/core/base-url";
import { env } from "@/lib/core/env";
import { readSecondFactorPolicy } from "./read-second-factor-policy";

/**
 * Whether anyone on the net needs no more than an administrator's password: APP_URL is https and not this machine's, and
 * nobody must have a second factor.
 */
export async function readSecondFactorExposure({ ctx }: { ctx: Ctx }): Promise<boolean> {
  const url = URL.parse(env().APP_URL ?? "");
  if (url?.protocol !== "https:" || isLoopbackHost(url.hostname)) return false;
  return (await readSecondFactorPolicy({ ctx })) === "nobody";
}
