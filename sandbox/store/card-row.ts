/** A quota card exactly as ESP-AI returns it: phones are numbers, balances numbers or text, owners null until redeemed. */
export type CardRow = {
  id: string;
  create_time: number;
  update_time: number | null;
  code: string;
  user_id: string | null;
  api_limit: number | string;
  type: string;
  user_phone: number | null;
  user_name: string | null;
};

/** Calls left; null when the card is unlimited. */
export function balanceOf(card: CardRow): number | null {
  const balance = Number(card.api_limit);
  return Number.isInteger(balance) && balance >= 0 ? balance : null;
}

/** Set the balance; a number stays a number and text stays text. */
export function setBalance(card: CardRow, balance: number, now: number): void {
  card.api_limit = typeof card.api_limit === "string" ? String(balance) : balance;
  card.update_time = now;
}
