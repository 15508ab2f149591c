import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { zhCN } from "@/lib/web/i18n/messages-zh-cn";
import { NavigationContext } from "./navigation-context";
import { PageSlot } from "./page-slot";

test("a page that is on its way changes nothing at first: a quick one comes without a flicker", () => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={zhCN} timeZone="Asia/Shanghai">
      <NavigationContext value={{ coming: "/cards", leave: () => true }}>
        <PageSlot tables={["/cards"]}>the page</PageSlot>
      </NavigationContext>
    </NextIntlClientProvider>,
  );
  expect(html).toBe('<div class="contents">the page</div>');
});
