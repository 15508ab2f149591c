import { randomBytes, randomInt } from "node:crypto";
import { expect } from "@playwright/test";
import { ownName } from "./own-name";
import type { Sandbox } from "./sandbox";

export type Wanted = { type?: string; balance?: number | string; name?: string; redeemed?: boolean };
/** Asks the console for an answer in JSON: Playwright's requests of a signed-in person, or like them. */
export type Asker = { post: (path: string, body: { data: unknown }) => Promise<{ json: () => Promise<unknown> }> };
export type OwnCard = { id: string; code: string; phone: string; name: string };

/** Puts cards nobody else uses into the sandbox, and waits until the console's mirror has them. */
export async function makeCards<W extends Wanted[]>(
  sandbox: Sandbox,
  request: Asker,
  ...wanted: W
): Promise<{ [K in keyof W]: OwnCard }> {
  const cards = wanted.map((wish) => ({
    id: randomBytes(16).toString("hex"),
    code: code(),
    phone: phone(),
    name: wish.name ?? ownName("旅人"),
    ...wish,
  }));
  await sandbox.putCards(
    cards.map(({ id, code, phone, name, type = "1", balance = 100, redeemed = true }) => ({
      id,
      code,
      type,
      api_limit: balance,
      ...(redeemed && { user_id: randomBytes(16).toString("hex"), user_phone: Number(phone), user_name: name }),
    })),
  );
  for (const { id } of cards) {
    const found = async () => (await request.post("/api/cards/find", { data: { text: id } })).json();
    await expect.poll(found).toMatchObject({ rows: [{}] });
  }
  return cards as { [K in keyof W]: OwnCard };
}

const lastFours = new Set<number>();

/** No two of a worker end in the same four digits, by which people and masks tell them apart. */
function phone(): string {
  let last: number;
  do last = randomInt(10_000);
  while (lastFours.has(last));
  lastFours.add(last);
  return `190${randomInt(10_000)}`.padEnd(7, "0") + String(last).padStart(4, "0");
}

/** Eight letters and digits as ESP-AI's, with a digit, so that the find box takes it for a code and not for a word. */
function code(): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const seven = Array.from({ length: 7 }, () => letters[randomInt(letters.length)]).join("");
  return `${seven}${randomInt(2, 10)}`;
}
