import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { alertState } from "@/lib/db/schema";

/** How many alerts are active, as of the last check. */
export const countFiring = ({ ctx }: { ctx: Ctx }): Promise<number> =>
  ctx.db.$count(alertState, eq(alertState.firing, true));
