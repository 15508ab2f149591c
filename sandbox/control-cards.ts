import { BadRequest } from "./fault-rule.ts";
import { fields } from "./lab.ts";
import type { CardRow } from "./types.ts";

/** One card or a list, each with at least `id` and `code`; what is left out is that of a fresh unredeemed 青龙 card. */
export function parseCards(body: unknown): CardRow[] {
  const given = Array.isArray(body) ? body : [body];
  return given.map((item: unknown) => {
    const { id, code, ...rest } = fields(item);
    if (typeof id !== "string" || typeof code !== "string" || !id || !code)
      throw new BadRequest("a card needs id and code");
    return { ...FRESH, create_time: Date.now(), ...rest, id, code };
  });
}

const FRESH = {
  update_time: null,
  user_id: null,
  api_limit: 1000,
  type: "1",
  user_phone: null,
  user_name: null,
} satisfies Partial<CardRow>;
