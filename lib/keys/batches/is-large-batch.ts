import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { readSettings } from "@/lib/settings";
import type { createBatchSchema } from "../schemas";

type Call = { ctx: Pick<Ctx, "db">; input: Pick<z.output<typeof createBatchSchema>, "wanted"> };

/** Whether a batch has more keys than may be asked for without a fresh proof (setting). */
export async function isLargeBatch({ ctx, input }: Call): Promise<boolean> {
  const { step_up } = await readSettings({ ctx });
  return input.wanted > step_up.keys;
}
