import type { CardRow } from "./card-row.ts";

export const SOURCE_ID = "772868ead56c48d68fd1924aa5ec3aac";
export const TARGET_ID = "5b0f3c1e7a9d4f3f8e2a6c4d9b1e0f72";
export const EMPTY_ID = "196bd2a26e4d459f9dc7d12053a05c15";

const OWNER = { user_id: "87215a4192654cea8781a1a596d23cae", user_phone: 15916888888, user_name: "琳琅" };
const OTHER_OWNER = { user_id: "c2d1f0e9b8a74695a4b3c2d1e0f9a8b7", user_phone: 17516888888, user_name: "望舒" };

/**
 * The cards of ESP-AI's own examples. The vendor shows the first as type "0", a trial card, and transfers from it
 * against its own rule; here both are paid, so that the documented transfer and destroy work word for word.
 */
export function documentedCards(): CardRow[] {
  const common = { create_time: 1743506056109, update_time: null, type: "1" };
  return [
    { ...common, id: SOURCE_ID, code: "wNaa1GDw", api_limit: 500, ...OWNER },
    { ...common, id: TARGET_ID, code: "3AoPbLSQ", api_limit: 120, ...OTHER_OWNER },
    { ...common, id: EMPTY_ID, code: "Qx7RmT2k", api_limit: 0, ...OWNER },
  ];
}

/** The parameters of the vendor's example of a transfer. */
export const DOCUMENTED_TRANSFER = {
  code: "wNaa1GDw",
  phone: "15916888888",
  target_code: "3AoPbLSQ",
  target_phone: "17516888888",
  limit: "10",
};
