import { afterEach, expect, test, vi } from "vitest";
import { commonMessages, commonMessagesPath } from "./common-messages";
import { loadCommonMessages } from "./load-common-messages";
import { en } from "./messages-en";
import { zhCN } from "./messages-zh-cn";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["en", en],
  ["zh-CN", zhCN],
] as const)("the browser's file and the server's modules say the same: %s", async (locale, all) => {
  const { ui, shell, errors, upstream, types, cards } = all;
  const common = { ui, shell, errors, upstream, types, cards };
  expect(JSON.parse(commonMessages(locale).text)).toEqual(common);
  expect(await loadCommonMessages(locale, commonMessagesPath(locale))).toEqual(common);
});

test("another text is another address", () => {
  expect(commonMessagesPath("en")).not.toContain(commonMessages("zh-CN").version);
  expect(commonMessagesPath("zh-CN")).toContain(commonMessages("zh-CN").version);
});

test("in the browser the file is asked for once; after a failure again", async () => {
  vi.stubGlobal("window", {});
  const answers = [new Response("", { status: 503 }), Response.json({ ui: { close: "x" } })];
  const ask = vi.fn(async (_path: string) => answers.shift());
  vi.stubGlobal("fetch", ask);
  await expect(loadCommonMessages("en", "/a")).rejects.toThrow("503");
  const [one, two] = [loadCommonMessages("en", "/a"), loadCommonMessages("en", "/a")];
  expect(one).toBe(two);
  expect(await one).toEqual({ ui: { close: "x" } });
  expect(ask.mock.calls).toEqual([["/a"], ["/a"]]);
});
