import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { IncidentView } from "@/lib/settings";
import { en } from "@/lib/web/i18n/messages-en";
import { IncidentBanner } from "./incident-banner";

const banners = (incident: Partial<IncidentView>) =>
  renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" messages={en} timeZone="Asia/Shanghai">
        <IncidentBanner initial={{ paused: null, diskShort: false, unrecorded: 0, ...incident }} />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );

test("while nothing is wrong there is no banner", () => {
  expect(banners({})).toBe("");
});

test("a disk that is nearly full stops writes, and every page says so", () => {
  expect(banners({ diskShort: true })).toContain("The disk of the database is nearly full, so nothing new is sent.");
});

test("outcomes in memory only say how many, and not to stop the console", () => {
  const said = banners({ unrecorded: 3 });
  expect(said).toContain("The outcomes of 3 operations are in memory only");
  expect(said).toContain("t stop the console");
});
