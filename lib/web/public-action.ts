import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import { type Action, actionOf, type Definition } from "./action";
import { markAccess } from "./auth/endpoint-access";
import { contextFrom } from "./auth/request-context";

/** An action that needs no session (set-up and reset links): as `defineAction`, with an anonymous actor. */
export function definePublicAction<S extends z.ZodType, T>(
  definition: Omit<Definition<S, T>, "role" | "freshProof">,
): Action<T> {
  const action = actionOf(definition, async (requestId) => ({ ...contextFrom(await headers()), requestId }));
  return markAccess(action, { name: definition.name, role: "public" });
}
