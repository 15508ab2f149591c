import type { Candidate } from "./candidate";
import type { UnreadText } from "./unread-text";

/** Longer is no nickname and no ticket number. */
const MAX_WORD = 64;
/** More words than this are a sentence. */
const MAX_WORDS = 4;

const NUMBER = String.raw`(?:\s*(?:编号|号码|号|no\.?|number|id))?`;
/** A Latin label is a word of its own: "Refund8x" may be a code. */
const LABEL = String.raw`(?:(?:工单|单号|参考号|票号)${NUMBER}|\b(?:ticket|reference|ref|case)${NUMBER}(?![a-z]))`;
const REFERENCE = new RegExp(
  String.raw`${LABEL}\s*(?:是|为|is)?\s*[:=#]*\s*["“']?([0-9a-z][0-9a-z_/.-]{0,62}[0-9a-z]|[0-9a-z])(?![0-9a-z])`,
  "gi",
);

/** What stands around a name and is none. Longest first. */
const SAID_AROUND = [
  "麻烦帮我查一下",
  "帮我查一下",
  "麻烦查一下",
  "帮忙查一下",
  "请帮我查",
  "帮我看一下",
  "还剩多少次",
  "还有多少次",
  "还剩多少",
  "还有多少",
  "剩余多少",
  "剩多少",
  "多少次",
  "查一下",
  "看一下",
  "查余额",
  "查次数",
  "查询",
  "查下",
  "看下",
  "看看",
  "帮我",
  "帮忙",
  "麻烦",
  "余额",
  "次数",
  "剩余",
  "额度卡",
  "额度",
  "手机号码",
  "手机号",
  "手机",
  "电话号码",
  "电话",
  "号码",
  "兑换码",
  "激活码",
  "卡密",
  "卡号",
  "编号",
  "昵称",
  "姓名",
  "名字",
  "名称",
  "用户名",
  "用户",
  "客户",
  "会员",
  "尾号",
  "尾数",
  "后四位",
  "末四位",
  "后4位",
  "谢谢",
  "您好",
  "你好",
  "在吗",
  "老板",
  "客服",
  "亲",
  "我叫",
  "我是",
  "我的",
  "叫",
  "的",
  "是",
  "请",
  "呢",
  "吗",
  "啊",
  "了",
].toSorted((a, b) => b.length - a.length);
const SAID_WORDS =
  /\b(?:please|pls|check|balance|how|many|much|calls?|left|for|of|the|a|is|my|name|nickname|user|customer|phone|mobile|tel|code|card|key|id|number|no|hi|hello|thanks|thank|you|last|ending|ends|in|with|four|digits|and)\b/gi;
const AROUND = new RegExp(SAID_AROUND.join("|"), "g");
const SIGNS = /[\s\n,;:!?"'“”‘’「」『』《》〈〉()[\]{}<>，。；：！？、…~|/\\=#*]+/;

/** Ticket numbers that are said to be such. "ref4Xa07" may be a code as well. */
export const readReferences = (text: UnreadText): Candidate[] =>
  text
    .take(REFERENCE, ([said, value = ""]): Candidate[] | null => {
      if (!/\d/.test(value)) return null;
      const mayBeCode = /^[0-9a-z]{8}$/i.test(said);
      return [
        { kind: "reference", exactness: "whole", value },
        ...(mayBeCode ? [{ kind: "code", exactness: "guess", value: said } as const] : []),
      ];
    })
    .flat();

/** The text as a whole is a ticket number. */
export const asReference = (text: string): Candidate[] =>
  text.length <= MAX_WORD ? [{ kind: "reference", exactness: "whole", value: text }] : [];

/** The words left of a short text that may be a nickname; none of a sentence. */
export function readNameWords(text: UnreadText): Candidate[] {
  const words = wordsOf(text.rest.replace(SAID_WORDS, " ").replace(AROUND, " "));
  if (words.length > MAX_WORDS) return [];
  return words.map((value) => ({ kind: "name", exactness: "part", value }));
}

/** The text as a whole is a nickname. */
export const asName = (text: string): Candidate[] =>
  text.length <= MAX_WORD ? [{ kind: "name", exactness: "whole", value: text }] : [];

const wordsOf = (text: string) => text.split(SIGNS).filter((word) => word !== "" && word.length <= MAX_WORD);
