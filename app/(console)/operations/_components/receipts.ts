import type { useTranslations } from "next-intl";
import type { Balance } from "@/lib/cards/types";
import { formatDateTime, formatZone } from "@/lib/format/dates";
import { formatInteger } from "@/lib/format/numbers";
import type { CardSide, OperationDetail, OperationView } from "@/lib/operations";

/** What only the journal's detail has may be missing right after a confirmation. */
export type Receipted = OperationView &
  Partial<Pick<OperationDetail, "settledByName" | "retriedBy" | "reversedBy" | "mergedBy">>;

type Side = "source" | "target" | "card";
export type Receipts = {
  /** Everything, for one's own file. */
  file: string;
  /** One for each customer, with nothing of the other's. */
  customers: { side: Side; text: string }[];
};

type Words = {
  t: ReturnType<typeof useTranslations<"operations">>;
  /** "转让 100 次". */
  what: string;
  /** The name of its state. */
  state: string;
  zone: string | undefined;
};

/** What came of it, as far as a receipt may say: only what is certain is called done or not done. */
type Result = "done" | "notDone" | "open" | "notConfirmed";

function resultOf({ state, settledAs }: Receipted): Result {
  if (state === "draft") return "notConfirmed";
  if (state === "done" || state === "applied" || settledAs === "applied") return "done";
  if (state === "refused" || state === "not_sent" || state === "not_applied" || settledAs) return "notDone";
  return "open";
}

/** The texts to paste into a ticket or a chat. Phones and codes stay masked; times are in `zone`, which is named. */
export function receiptsOf(operation: Receipted, { t, what, state, zone }: Words): Receipts {
  const result = resultOf(operation);
  const line = (key: LineName, value: string | null | undefined) =>
    value && t("receipt.line", { name: t(`receipt.${key}`), value });
  const timeOf = (time: string) =>
    t("receipt.at", { time: formatDateTime(new Date(time), zone), zone: formatZone(new Date(time), zone) });
  const at = operation.finishedAt ?? operation.sentAt ?? operation.createdAt;
  const cards = cardsOf(operation);
  const balanceOf = (card: PlacedCard) => balanceText(card, operation, result, t);
  const join = (lines: (string | false | null | undefined)[]) => lines.filter(Boolean).join("\n");

  const file = join([
    t("receipt.title"),
    line("result", state),
    settledText(operation, t),
    result === "open" ? t("receipt.open") : null,
    line("what", what),
    operation.merges && t("receipt.merges"),
    ...cards.flatMap((card) => [line(card.side, nameOf(card.of)), line("balance", balanceOf(card))]),
    line("time", timeOf(at)),
    line("by", operation.actorName),
    line("note", operation.note),
    line("reference", operation.reference),
    line("upstreamWords", operation.upstreamMessage),
    line("retryOf", operation.retryOf),
    line("reverses", operation.reverses),
    line("reversedBy", operation.reversedBy),
    line("mergeOf", operation.mergeOf),
    line("mergedBy", operation.mergedBy),
    line("retriedBy", operation.retriedBy),
    line("id", operation.id),
    line("requestId", operation.requestId),
  ]);

  const customers = cards.map((card) => ({
    side: card.side,
    text: join([
      t("receipt.greeting", { card: ownNameOf(card.of) || t("cardUnreadable") }),
      t(`receipt.did.${card.side}`, { amount: operation.amount ?? 0 }),
      line("result", t(`receipt.outcome.${result}`)),
      line("balance", balanceOf(card)),
      line("time", timeOf(at)),
      operation.retryOf && t("receipt.isRetry"),
      operation.retriedBy && t("receipt.wasRetried"),
      operation.reverses && t("receipt.isReversal"),
      operation.reversedBy && t("receipt.wasReversed"),
      (operation.merges || operation.mergeOf) && t("receipt.isMerge"),
      line("id", operation.id),
    ]),
  }));
  return { file, customers };
}

type LineName =
  | Side
  | "result"
  | "what"
  | "balance"
  | "time"
  | "by"
  | "note"
  | "reference"
  | "upstreamWords"
  | "retryOf"
  | "reverses"
  | "reversedBy"
  | "mergeOf"
  | "mergedBy"
  | "retriedBy"
  | "id"
  | "requestId";

/** A card with its balance before the call, and by how much a success changes it. */
type PlacedCard = { side: Side; of: CardSide; before: Balance; change: number };

function cardsOf({ source, target, amount, baseline }: Receipted): PlacedCard[] {
  if (!source) return [];
  const read = baseline?.kind === "balances" ? baseline : null;
  if (!target) return [{ side: "card", of: source, before: source.balance, change: 0 }];
  return [
    { side: "source", of: source, before: read?.source ?? source.balance, change: -(amount ?? 0) },
    { side: "target", of: target, before: read?.target ?? target.balance, change: amount ?? 0 },
  ];
}

function balanceText(card: PlacedCard, { kind }: Receipted, result: Result, t: Words["t"]): string | null {
  if (typeof card.before !== "number") return null;
  const before = formatInteger(card.before);
  if (result === "open") return t("receipt.balanceOpen", { before });
  if (result !== "done") return t("receipt.balanceSame", { before });
  if (kind === "destroy") return t("receipt.balanceDestroyed", { before });
  return t("receipt.balanceChanged", { before, after: formatInteger(card.before + card.change) });
}

const nameOf = ({ userName, maskedPhone, maskedCode }: CardSide): string =>
  [userName, maskedPhone, maskedCode].filter(Boolean).join(" ");

/** To its customer, who may have another with the same phone. */
const ownNameOf = ({ maskedPhone, maskedCode }: CardSide): string =>
  [maskedPhone, maskedCode].filter(Boolean).join(" ");

function settledText({ settledAs, settledByName, settledReason }: Receipted, t: Words["t"]): string | null {
  if (!settledAs) return null;
  const who = [t(`settledAs.${settledAs}`), settledByName].filter(Boolean).join(" · ");
  return who + (settledReason ? t("settledReason", { reason: settledReason }) : "");
}
