import type { ReplyFacts } from "@/lib/format/replies/render-reply";

const card = { maskedCode: "••••1GDw", type: "2", balance: 1_267, readAt: "2026-11-24T04:26:00Z" };

/** Somebody made up, for previews: no customer's data is needed to write a template. */
export const exampleFacts: ReplyFacts = {
  userName: "小明",
  maskedPhone: "138****1234",
  cards: [card, { ...card, maskedCode: "••••T2kQ", type: "0", balance: 50 }],
  count: 2,
  total: { calls: 1_317, unlimited: false, unread: 0 },
  card,
  transfer: { side: "source", amount: 260, at: "2026-11-24T04:20:00Z" },
  pending: { kind: "transfer", sentAt: "2026-11-24T04:20:00Z", until: "2026-11-24T04:35:00Z" },
};
