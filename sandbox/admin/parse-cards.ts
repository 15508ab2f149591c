import { BadRequest } from "../core/bad-request.ts";
import { fields } from "../core/fields.ts";
import type { CardRow } from "../store/card-row.ts";

/** One card or a list, each with at least `id` and `code`; the default is a new unredeemed 青龙 card. */
export function parseCards(body: unknown): CardRow[] {
  const given = Array.isArray(body) ? body : [body];
  return given.map((item: unknown) => {
    const { id, code, ...rest } = fields(item);
    if (typeof id !== "string" || typeof code !== "string" || !id || !code)
      throw new BadRequest("a card needs id and code");
    return { ...DEFAULTS, create_time: Date.now(), ...rest, id, code };
  });
}

const DEFAULTS = {
  update_time: null,
  user_id: null,
  api_limit: 1000,
  type: "1",
  user_phone: null,
  user_name: null,
} satisfies Partial<CardRow>;
