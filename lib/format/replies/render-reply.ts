import { formatDateTime } from "../dates";
import { NAMED, PLACEHOLDERS, type Placeholder, type ReplyKind, type ReplyLanguage } from "./reply-templates";
import { replyWords } from "./reply-words";

/** null: not known. */
type Balance = number | "unlimited" | null;

/** One of the customer's cards; phone and code masked by the server. Times are ISO. */
export type ReplyCard = {
  maskedCode: string;
  type: string;
  balance: Balance;
  /** When the balance was last confirmed by the upstream. */
  readAt: string;
};

/** What one reply is about: one customer, and of an operation nothing of whoever is at its other end. */
export type ReplyFacts = {
  userName: string | null;
  maskedPhone: string | null;
  /** Their listed cards that are shown, and how many there are. */
  cards: readonly ReplyCard[];
  count: number;
  /** Of all of them; `unread`: how many balances are not in it. */
  total: { calls: number; unlimited: boolean; unread: number };
  /** The one card a reply about one card is about. */
  card: ReplyCard | null;
  /** The last transfer that card was certainly part of. */
  transfer: { side: "source" | "target"; amount: number; at: string } | null;
  /** The operation that has that card locked. `until`: when its outcome is known at the latest; null: that can't be said. */
  pending: { kind: "transfer" | "destroy" | "generate"; sentAt: string; until: string | null } | null;
};

export type ReplyPlace = { language: ReplyLanguage; zone: string | undefined };

/** So many cards a reply lists one by one. */
const LISTED = 20;

/** The kinds of replies that these facts allow: none that would say what is not known. */
export function possibleReplies({ cards, count, card, transfer, pending }: ReplyFacts): ReplyKind[] {
  return [
    ...(card ? (["balance"] as const) : []),
    ...(count > 0 && cards.length > 0 ? (["cards"] as const) : []),
    ...(card && transfer ? (["transfer"] as const) : []),
    ...(card?.balance === 0 ? (["empty"] as const) : []),
    ...(card && pending ? (["unknown"] as const) : []),
  ];
}

/**
 * What the customer most likely asks. An outcome that is open comes first: every balance may be about to change. With several
 * cards it is all of them: that one is empty does not mean that nothing is left.
 */
export function suggestedReply(facts: ReplyFacts): ReplyKind | null {
  const possible = possibleReplies(facts);
  const order: ReplyKind[] = facts.count > 1 ? ["unknown", "cards"] : ["unknown", "empty", "balance", "cards"];
  return order.find((kind) => possible.includes(kind)) ?? null;
}

/**
 * A template with its placeholders filled in, in one pass: what a customer calls themselves is never a placeholder again. A
 * name that the kind of reply does not have stays as it is. The oldest of the readings a reply tells is its `{readAt}`.
 */
export function renderReply(kind: ReplyKind, template: string, facts: ReplyFacts, place: ReplyPlace): string {
  const values = valuesOf(kind, facts, place);
  const known: readonly string[] = PLACEHOLDERS[kind];
  return template.replace(NAMED, (whole, name: string) =>
    known.includes(name) ? (values[name as Placeholder] ?? replyWords[place.language].nothing) : whole,
  );
}

/** To the minute, as people say it. */
const timeOf = (at: string, zone: string | undefined): string => formatDateTime(new Date(at), zone).slice(0, 16);

/** A promise is never earlier than what it promises. */
const upToMinute = (at: string): string => new Date(Math.ceil(Date.parse(at) / 60_000) * 60_000).toISOString();

type Values = Partial<Record<Placeholder, string | null>>;

function valuesOf(kind: ReplyKind, facts: ReplyFacts, { language, zone }: ReplyPlace): Values {
  const words = replyWords[language];
  const { card, transfer, pending } = facts;
  const shown = card && wordsOf(card, language);
  const told = kind === "cards" ? facts.cards : card ? [card] : [];
  const oldest = told.map(({ readAt }) => readAt).toSorted()[0];
  return {
    name: oneLine(facts.userName),
    phone: facts.maskedPhone,
    ...shown,
    count: String(facts.count),
    total: totalText(facts, language),
    cards: listText(facts, language),
    readAt: oldest ? timeOf(oldest, zone) : null,
    transfer: transfer && (transfer.side === "source" ? words.out : words.into)(words.calls(transfer.amount)),
    transferAt: transfer && timeOf(transfer.at, zone),
    operation: pending && words.operations[pending.kind],
    sentAt: pending && timeOf(pending.sentAt, zone),
    promise: pending?.until ? words.by(timeOf(upToMinute(pending.until), zone)) : words.asSoonAsKnown,
  };
}

function wordsOf({ maskedCode, type, balance }: ReplyCard, language: ReplyLanguage) {
  const words = replyWords[language];
  return {
    // The last characters, which the mask shows.
    code: maskedCode.replaceAll("•", "") || words.nothing,
    type: words.types[type] ?? words.unknownType,
    balance: balance === null ? words.unread : balance === "unlimited" ? words.unlimited : words.calls(balance),
  };
}

const oneLine = (text: string | null): string | null => text?.replace(/\s+/g, " ").trim() || null;

function totalText({ total }: ReplyFacts, language: ReplyLanguage): string {
  const words = replyWords[language];
  if (total.unlimited) return words.unlimited;
  const text = words.calls(total.calls);
  return total.unread > 0 ? words.atLeast(text) : text;
}

function listText({ cards, count }: ReplyFacts, language: ReplyLanguage): string {
  const words = replyWords[language];
  const lines = cards.slice(0, LISTED).map((card) => words.card(wordsOf(card, language)));
  if (count > lines.length) lines.push(words.more(count - lines.length));
  return lines.join("\n");
}
