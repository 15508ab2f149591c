import { expect, test } from "vitest";
import { cardSide } from "./card-side";

const card = { id: "a".repeat(32), userName: "甲", type: "1", balance: 7 };

test.each([
  ["a mobile number keeps its ends", "13812341234", "138****1234"],
  ["a short number does not show whole", "10086", "****86"],
  ["a mobile number with 86 before it is shown as without", "8613812341234", "138****1234"],
  ["any other 13-digit number keeps its last two digits only", "8713812341234", "***********34"],
  ["a card that was not redeemed has none", null, null],
])("phone: %s", (_, phone, maskedPhone) => {
  expect(cardSide({ ...card, code: "wNaa1GDw", phone })).toEqual({ ...card, maskedCode: "••••1GDw", maskedPhone });
});

test.each([
  ["wNaa1GDw", "••••1GDw"],
  ["abcd", "••••"],
  ["ab", "••••"],
])("code %s is shown as %s", (code, maskedCode) => {
  expect(cardSide({ ...card, code, phone: "13812341234" }).maskedCode).toBe(maskedCode);
});

test("a card that can't be opened shows nothing of phone and code, and says so", () => {
  const side = cardSide({ ...card, code: null, phone: null });
  expect(side).toEqual({ ...card, maskedCode: "", maskedPhone: null, unreadable: true });
});
