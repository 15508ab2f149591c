/** Languages of replies: the customer's, not the console's. */
export const REPLY_LANGUAGES = ["zh-CN", "en"] as const;
export type ReplyLanguage = (typeof REPLY_LANGUAGES)[number];

export const REPLY_KINDS = ["balance", "cards", "transfer", "empty", "unknown"] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

export type ReplyTemplates = Record<ReplyLanguage, Record<ReplyKind, string>>;

/** The longest template, in characters. */
export const MAX_TEMPLATE = 1_000;

const OF_ONE_CARD = ["name", "phone", "code", "type"] as const;

/** What each template may name. All of it is the one customer's own: there is no placeholder for anything of another. */
export const PLACEHOLDERS = {
  balance: [...OF_ONE_CARD, "balance", "readAt"],
  cards: ["name", "phone", "count", "total", "cards", "readAt"],
  transfer: [...OF_ONE_CARD, "transfer", "transferAt", "balance", "readAt"],
  empty: [...OF_ONE_CARD, "readAt"],
  unknown: [...OF_ONE_CARD, "operation", "sentAt", "promise"],
} as const satisfies Record<ReplyKind, readonly string[]>;

export type Placeholder = (typeof PLACEHOLDERS)[ReplyKind][number];

/** What tells a balance, which is true only of the moment it was read. */
const BALANCES: readonly string[] = ["balance", "total", "cards"];

/** One pair of braces around a name; a brace alone is text. */
export const NAMED = /\{([^{}\n]*)\}/g;

/**
 * What is wrong with a template, as a key under "errors"; null: nothing. A placeholder that is not known would be copied to
 * a customer as it stands, and a balance without the time it was read would be called today's for ever.
 */
export function templateProblem(kind: ReplyKind, text: string): "unknown_placeholder" | "reading_time_missing" | null {
  const names = [...text.matchAll(NAMED)].map(([, name = ""]) => name);
  const known: readonly string[] = PLACEHOLDERS[kind];
  if (names.some((name) => !known.includes(name))) return "unknown_placeholder";
  const tellsBalance = kind === "empty" || names.some((name) => BALANCES.includes(name));
  return tellsBalance && !names.includes("readAt") ? "reading_time_missing" : null;
}

/** The texts until an administrator changes them. */
export const defaultTemplates: ReplyTemplates = {
  "zh-CN": {
    balance: "您好，您尾号 {code} 的卡（{type}）当前剩余 {balance}（核对于 {readAt}）。",
    cards: "您好，您名下共有 {count} 张卡，合计剩余 {total}（核对于 {readAt}）：\n{cards}",
    transfer: "您好，您尾号 {code} 的卡（{type}）已于 {transferAt} {transfer}，当前剩余 {balance}（核对于 {readAt}）。",
    empty: "您好，您尾号 {code} 的卡（{type}）次数已用完（核对于 {readAt}）。如需继续使用，请兑换新的卡密。",
    unknown:
      "您好，您尾号 {code} 的卡（{type}）的{operation}（{sentAt} 提交）结果正在核实，{promise}答复您。期间请不要重复申请。",
  },
  en: {
    balance: "Hello, your card ending in {code} ({type}) has {balance} left (checked at {readAt}).",
    cards: "Hello, you have {count} cards with {total} left in total (checked at {readAt}):\n{cards}",
    transfer:
      "Hello, your card ending in {code} ({type}): {transfer} at {transferAt}. It now has {balance} left (checked at {readAt}).",
    empty:
      "Hello, your card ending in {code} ({type}) has no calls left (checked at {readAt}). To go on, please redeem a new key.",
    unknown:
      "Hello, we are checking the outcome of the {operation} on your card ending in {code} ({type}), submitted at {sentAt}. You will hear from us {promise}. Please do not ask for it again meanwhile.",
  },
};
