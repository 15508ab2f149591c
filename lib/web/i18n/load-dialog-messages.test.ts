import { afterEach, expect, test, vi } from "vitest";
import { loadDialogMessages } from "./load-dialog-messages";
import { en } from "./messages-en";
import { zhCN } from "./messages-zh-cn";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["en", en],
  ["zh-CN", zhCN],
])("a dialog says what it says in the page's language: %s", async (lang, all) => {
  vi.stubGlobal("document", { documentElement: { lang } });
  const { approvals, destroy, operations, transfer } = all;
  expect(await loadDialogMessages()).toEqual({ approvals, destroy, operations, transfer });
});
