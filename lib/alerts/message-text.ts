import "server-only";
import { formatDecimal } from "@/lib/format/micro";
import type { AlertRule } from "@/lib/settings/schemas";
import type { AlertEvent } from "./types";

export type AlertLanguage = "zh-CN" | "en";

/** WeCom takes 2,048 bytes of text. */
const MOST_BYTES = 1_900;

type Words = { value: string; at: string; subject: string; range: string };
type Sentence = (words: Words) => string;
type Dictionary = {
  title: (counts: { fired: number; recovered: number }) => string;
  severe: string;
  recovered: string;
  more: (count: number) => string;
  test: string;
  range: (from: string | undefined, to: string | undefined) => string;
  subject: Record<string, string>;
  keyType: Record<string, string>;
  rules: Record<AlertRule, { fired: Sentence; well: Sentence }>;
};

const upstreams = { espai: "ESP-AI", talkbot: "Talk-Bot" };

const zh: Dictionary = {
  title: ({ fired, recovered }) =>
    `Cardesk 告警：${[fired > 0 && `新增 ${fired} 条`, recovered > 0 && `恢复 ${recovered} 条`].filter(Boolean).join("，")}`,
  severe: "【严重】",
  recovered: "【恢复】",
  more: (count) => `另有 ${count} 条，请到控制台查看`,
  test: "Cardesk 告警：测试消息\n收到这条消息，说明此渠道可用。",
  range: (from, to) => (to ? `（${from ?? "0"}～${to} 天）` : `（至少 ${from ?? "0"} 天）`),
  subject: { ...upstreams, potato: "土豆云" },
  keyType: { 0: "天卡", 1: "周卡", 2: "月卡", 3: "季卡", 4: "年卡", 5: "永久卡" },
  rules: {
    amount: {
      fired: ({ value, at }) => `Talk-Bot 剩余金额 ${value}，低于 ${at}`,
      well: ({ value }) => `Talk-Bot 剩余金额 ${value}`,
    },
    points: {
      fired: ({ value, at }) => `Talk-Bot 剩余点数 ${value}，低于 ${at}`,
      well: ({ value }) => `Talk-Bot 剩余点数 ${value}`,
    },
    days_left: {
      fired: ({ value, range }) => `Talk-Bot 余额预计 ${value} 天后用完${range}`,
      well: () => "Talk-Bot 余额短期内不会用完",
    },
    keys_left: {
      fired: ({ value, at, subject }) => `未使用的${subject}卡密 ${value} 张，少于 ${at} 张`,
      well: ({ value, subject }) => `未使用的${subject}卡密 ${value} 张`,
    },
    unknown_age: {
      fired: ({ value }) => `有操作的结果未知已 ${value} 分钟`,
      well: () => "结果长时间未知的操作已核实",
    },
    undecided: {
      fired: ({ value }) => `${value} 个操作需要人工认定`,
      well: ({ value }) => `需要人工认定的操作：${value} 个`,
    },
    upstream_away: {
      fired: ({ value, subject }) => `${subject}已 ${value} 分钟无法访问`,
      well: ({ subject }) => `${subject}已可访问`,
    },
    mirror_age: {
      fired: ({ value }) => `卡片数据已 ${value} 分钟没有完整更新`,
      well: () => "卡片数据已完整更新",
    },
    drift: {
      fired: ({ value }) => `近 24 小时，上游返回与文档不符 ${value} 种`,
      well: () => "近 24 小时，上游返回与文档相符",
    },
    backup_age: {
      fired: ({ value }) => `已 ${value} 小时没有成功的备份`,
      well: () => "备份已恢复正常",
    },
    disk: {
      fired: ({ value, at }) => `磁盘剩余 ${value} MiB，低于 ${at} MiB`,
      well: ({ value }) => `磁盘剩余 ${value} MiB`,
    },
  },
};

const many = (value: string, unit: string): string => `${value} ${value === "1" ? unit : `${unit}s`}`;

const en: Dictionary = {
  title: ({ fired, recovered }) =>
    `Cardesk alerts: ${[fired > 0 && `${fired} new`, recovered > 0 && `${recovered} recovered`].filter(Boolean).join(", ")}`,
  severe: "[Severe] ",
  recovered: "[Recovered] ",
  more: (count) => `${count} more in the console`,
  test: "Cardesk alerts: test message\nIf you can read this, the channel works.",
  range: (from, to) => (to ? ` (${from ?? "0"} to ${many(to, "day")})` : ` (${many(from ?? "0", "day")} or more)`),
  subject: { ...upstreams, potato: "PotatoCloud" },
  keyType: { 0: "day", 1: "week", 2: "month", 3: "quarter", 4: "year", 5: "permanent" },
  rules: {
    amount: {
      fired: ({ value, at }) => `Talk-Bot remaining amount is ${value}, below ${at}`,
      well: ({ value }) => `Talk-Bot remaining amount is ${value}`,
    },
    points: {
      fired: ({ value, at }) => `Talk-Bot remaining points are ${value}, below ${at}`,
      well: ({ value }) => `Talk-Bot remaining points are ${value}`,
    },
    days_left: {
      fired: ({ value, range }) => `Talk-Bot balance runs out in about ${many(value, "day")}${range}`,
      well: () => "Talk-Bot balance no longer runs out soon",
    },
    keys_left: {
      fired: ({ value, at, subject }) => `Unused ${subject} keys: ${value}, below ${at}`,
      well: ({ value, subject }) => `Unused ${subject} keys: ${value}`,
    },
    unknown_age: {
      fired: ({ value }) => `An operation's outcome has been unknown for ${many(value, "minute")}`,
      well: () => "No operation has been unknown for long",
    },
    undecided: {
      fired: ({ value }) => `Operations that need manual review: ${value}`,
      well: ({ value }) => `Operations that need manual review: ${value}`,
    },
    upstream_away: {
      fired: ({ value, subject }) => `${subject} has been unreachable for ${many(value, "minute")}`,
      well: ({ subject }) => `${subject} is reachable again`,
    },
    mirror_age: {
      fired: ({ value }) => `The card list has not been read completely for ${many(value, "minute")}`,
      well: () => "The card list has been read completely",
    },
    drift: {
      fired: ({ value }) => `Upstream responses differed from their documentation in ${many(value, "way")} in 24 hours`,
      well: () => "Upstream responses have matched their documentation for 24 hours",
    },
    backup_age: {
      fired: ({ value }) => `No successful backup for ${many(value, "hour")}`,
      well: () => "Backups succeed again",
    },
    disk: {
      fired: ({ value, at }) => `Disk has ${value} MiB free, below ${at} MiB`,
      well: ({ value }) => `Disk has ${value} MiB free`,
    },
  },
};

const dictionaries: Record<AlertLanguage, Dictionary> = { "zh-CN": zh, en };

const PAGES: Record<AlertRule, string> = {
  amount: "/billing",
  points: "/billing",
  days_left: "/billing",
  keys_left: "/keys",
  unknown_age: "/operations?states=unknown",
  undecided: "/operations?states=unknown",
  upstream_away: "/health",
  mirror_age: "/health",
  drift: "/health",
  backup_age: "/health",
  disk: "/health",
};

type Input = { events: readonly AlertEvent[]; language: AlertLanguage; appUrl: string | undefined };

/**
 * One message about what happened: a title, a line each (severe first), how many more there are, and a link. Plain text;
 * numbers and names of upstreams only, nothing of a customer.
 */
export function messageText({ events, language, appUrl }: Input): string {
  const words = dictionaries[language];
  const count = (kind: AlertEvent["kind"]) => events.filter((event) => event.kind === kind).length;
  const title = words.title({ fired: count("fired"), recovered: count("recovered") });
  const link = appUrl && new URL(pageOf(events), appUrl).href;
  const lines = events.toSorted((a, b) => weightOf(b) - weightOf(a)).map((event) => lineOf(event, words));
  for (let shown = lines.length; ; shown--) {
    const rest = lines.length - shown;
    const text = [title, ...lines.slice(0, shown), rest > 0 && words.more(rest), link].filter(Boolean).join("\n");
    if (shown === 0 || Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
}

export function testText({ language, appUrl }: Omit<Input, "events">): string {
  return [dictionaries[language].test, appUrl && new URL("/settings/alerts", appUrl).href].filter(Boolean).join("\n");
}

const weightOf = ({ kind, severe }: AlertEvent): number => (kind === "fired" ? (severe ? 2 : 1) : 0);

function pageOf(events: readonly AlertEvent[]): string {
  const [page = "/health", ...others] = new Set(events.map(({ rule }) => PAGES[rule]));
  return others.length === 0 ? page : "/health";
}

function lineOf({ rule, subject, kind, severe, params }: AlertEvent, words: Dictionary): string {
  const { from, to } = params;
  const names = rule === "keys_left" ? words.keyType : words.subject;
  const sentence = words.rules[rule][kind === "fired" ? "fired" : "well"]({
    value: short(params.value),
    at: short(params.at),
    subject: names[subject] ?? subject,
    range: from || to ? words.range(from && short(from), to && short(to)) : "",
  });
  if (kind === "recovered") return words.recovered + sentence;
  return severe ? words.severe + sentence : sentence;
}

/** "1234.500000" → "1,234.5". */
const short = (decimal = ""): string =>
  formatDecimal(decimal)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
