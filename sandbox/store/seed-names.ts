/** Nicknames that are hard to show: markup, formulas, right-to-left, emoji, very long, invisible. */
export const AWKWARD_NAMES: readonly string[] = [
  '<img src=x onerror="alert(1)">',
  "<script>document.title='owned'</script>",
  "</td></tr></table><b>粗体</b>",
  '=HYPERLINK("http://example.invalid/?q="&A1,"点我")',
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1,2)",
  "＝１＋１",
  "\u202Egnp.piz\u202C 反转",
  "محمد العربي",
  "שרה כהן",
  "👩‍👩‍👧‍👦 一家人 🐉",
  "🦊",
  "很长的昵称".repeat(40),
  "averyveryverylongnamewithoutanyspaces".repeat(8),
  "  前后空格  ",
  "\u200B",
  "O'Brien; DROP TABLE card;--",
  '"引号","逗号",\n换行',
  "Zo\u0308e n\u0303 e\u0301 组合字符",
  "𠮷野家",
  "null",
  "0",
];

export const SURNAMES = [
  ..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文",
] as [string, ...string[]];

export const GIVEN = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌宇浩然子轩欣怡梓涵诗雨晨阳思远嘉懿琳琅墨白若曦景行知夏南星清欢",
] as [string, ...string[]];

export const NICKNAMES = [
  "琳琅小店",
  "夜航船",
  "山海客服",
  "青龙一号",
  "早睡早起",
  "Lucky_Cat",
  "Alice",
  "Bob Zhang",
  "Olivia M.",
  "Jean-Luc",
  "Иван Петров",
  "たなか さくら",
  "김민수",
  "Nguyễn Văn An",
  "小智AI",
  "ESP玩家",
  "树莓派爱好者",
  "云上科技",
  "星辰工作室",
  "不想上班",
] as [string, ...string[]];
