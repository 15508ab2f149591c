import type { OperationDetail } from "@/lib/operations";

type Words = { title: string; state: string; what: string; to: string };

/** A receipt to paste into a chat or a ticket: summary, cards, time, outcome. Cards stay masked. */
export function receiptText(operation: OperationDetail, words: Words): string {
  const side = (card: OperationDetail["source"]) =>
    card ? [card.userName, card.maskedPhone, card.maskedCode].filter(Boolean).join(" ") : null;
  const cards = [side(operation.source), side(operation.target)].filter(Boolean).join(` ${words.to} `);
  const at = operation.finishedAt ?? operation.sentAt ?? operation.createdAt;
  return [words.title, `${words.state} · ${words.what}`, cards, at, operation.id].filter(Boolean).join("\n");
}
