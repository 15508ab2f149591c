import { expect, test, vi } from "vitest";
import { commonMessages, commonMessagesPath } from "@/lib/web/i18n/common-messages";
import { GET } from "./route";

vi.mock("@/lib/web/preferences/read-preferences", () => ({ readPreferences: async () => ({ locale: "en" }) }));

const ask = (path: string) => GET(new Request(`http://console${path}`));

test.each(["zh-CN", "en"] as const)("%s, this version: kept for ever", async (locale) => {
  const answer = await ask(commonMessagesPath(locale));
  expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(await answer.text()).toBe(commonMessages(locale).text);
});

test.each(["/api/messages", "/api/messages?locale=en&version=old", "/api/messages?locale=xx&version=old"])(
  "%s is another version or none: what there is, not kept",
  async (path) => {
    const answer = await ask(path);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toBe(commonMessages("en").text);
  },
);
