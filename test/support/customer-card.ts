import type { CustomerCard } from "@/lib/customers/types";

/** A live card of 琳琅, whose user id is "u": free, and read at 12:26 in Shanghai. */
export const customerCard = (id: string, changes: Partial<CustomerCard> = {}): CustomerCard => ({
  ...{ id, maskedCode: `••••${id}`, type: "1", userName: "琳琅", maskedPhone: "159****8888", balance: 10 },
  ...{ createdAt: null, updatedAt: null, gone: false, lockedBy: null, inDoubt: false, userId: "u" },
  ...{ readAt: "2026-11-24T04:26:00Z", tags: [], lock: null, lastTransfer: null },
  ...changes,
});
