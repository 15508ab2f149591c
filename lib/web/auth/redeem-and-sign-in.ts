import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { redeemLink } from "@/lib/users";
import type { redeemLinkSchema } from "@/lib/users/schemas";
import { type SignInStep, startSession } from "./start-session";

type Call = { ctx: Ctx; input: z.output<typeof redeemLinkSchema> };

/**
 * Consume a one-time link and sign in with the new password; returns the path to go to (the sign-in page if only the
 * sign-in was refused), or that the second factor is awaited. Only for actions.
 */
export async function redeemAndSignIn({ ctx, input }: Call): Promise<SignInStep> {
  const { username } = await redeemLink({ ctx, input });
  return startSession({ input: { username, password: input.password } }).catch(() => ({ path: "/login" }));
}
