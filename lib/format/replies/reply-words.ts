import { formatInteger } from "../numbers";
import type { ReplyLanguage } from "./reply-templates";

type Words = {
  /** Card types as the console names them; a test holds that they are the same. */
  types: Record<string, string>;
  unknownType: string;
  unlimited: string;
  /** A balance that could not be read. */
  unread: string;
  calls: (count: number) => string;
  atLeast: (total: string) => string;
  card: (card: { code: string; type: string; balance: string }) => string;
  more: (count: number) => string;
  out: (calls: string) => string;
  into: (calls: string) => string;
  operations: Record<"transfer" | "destroy" | "generate", string>;
  /** By when the customer hears. */
  by: (time: string) => string;
  asSoonAsKnown: string;
  nothing: string;
};

/** What replies say besides their templates, in the customer's language. */
export const replyWords: Record<ReplyLanguage, Words> = {
  "zh-CN": {
    types: { "0": "免费体验卡", "1": "青龙", "2": "九尾狐", "3": "玄武", "4": "烛龙", "5": "饕餮" },
    unknownType: "其他类型",
    unlimited: "不限次数",
    unread: "暂未核对到",
    calls: (count) => `${formatInteger(count)} 次`,
    atLeast: (total) => `至少 ${total}`,
    card: ({ code, type, balance }) => `尾号 ${code}（${type}）：${balance}`,
    more: (count) => `另有 ${formatInteger(count)} 张`,
    out: (calls) => `转出 ${calls}`,
    into: (calls) => `转入 ${calls}`,
    operations: { transfer: "额度转让", destroy: "销毁", generate: "生成" },
    by: (time) => `我们最迟于 ${time} `,
    asSoonAsKnown: "我们会在有结果后立即",
    nothing: "—",
  },
  en: {
    types: { "0": "Free trial", "1": "Qinglong", "2": "Jiuweihu", "3": "Xuanwu", "4": "Zhulong", "5": "Taotie" },
    unknownType: "other type",
    unlimited: "unlimited calls",
    unread: "not readable just now",
    calls: (count) => `${formatInteger(count)} ${count === 1 ? "call" : "calls"}`,
    atLeast: (total) => `at least ${total}`,
    card: ({ code, type, balance }) => `ending in ${code} (${type}): ${balance}`,
    more: (count) => `and ${formatInteger(count)} more`,
    out: (calls) => `${calls} moved out`,
    into: (calls) => `${calls} moved in`,
    operations: { transfer: "transfer", destroy: "removal", generate: "generation" },
    by: (time) => `by ${time}`,
    asSoonAsKnown: "as soon as it is known",
    nothing: "—",
  },
};
