import type { AlertRule } from "@/lib/settings/schemas";

export const CHANNEL_KINDS = ["wecom", "dingtalk", "feishu", "email", "webhook"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** One thing a rule watches, now. `value` in micro-units; null: it can't be known now. */
export type Measure = {
  rule: AlertRule;
  /** An upstream, a key type; "" where there is one only. */
  subject: string;
  value: bigint | null;
  /** Decimals for the message beside the value. */
  params: Record<string, string>;
};

/** What one message is about. `params`: decimals, "value", "at" and perhaps a range "from" and "to". */
export type AlertEvent = {
  rule: AlertRule;
  subject: string;
  kind: "fired" | "recovered";
  severe: boolean;
  params: Record<string, string>;
};

export type ChannelView = {
  id: string;
  kind: ChannelKind;
  name: string;
  on: boolean;
  /** What may be seen of its address. */
  shown: string;
  /** Events it has not been told: held back by the hour, by quiet hours, or by a message that does not arrive. */
  pending: number;
};

export type DeliveryView = {
  id: string;
  channel: string;
  test: boolean;
  /** The first line of it. */
  title: string;
  /** All of it. */
  text: string;
  state: "waiting" | "sent" | "given_up";
  tries: number;
  createdAt: string;
  endedAt: string | null;
  nextAt: string | null;
  /** A key under "alerts.failure", and what the other side said. */
  error: { key: string; details: string | null } | null;
};

/** Where a rule stands: what fires now, since when. */
export type FiringView = { rule: AlertRule; subject: string; since: string };

export type AlertsView = { channels: ChannelView[]; firing: FiringView[]; deliveries: DeliveryView[] };

/** How a test ended. */
export type TestResult = { sent: boolean; error: DeliveryView["error"] };
