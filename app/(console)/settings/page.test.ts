import type { ReactElement } from "react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import SettingsPage from "./page";

const asked = vi.hoisted(() => ({ ctx: null as unknown }));
vi.mock("@/lib/web/auth/current-user", () => ({ pageContext: async () => ({ ctx: asked.ctx, denied: false }) }));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key }));

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
  asked.ctx = room.as("admin");
});
afterAll(() => room.close());

test("the browser is sent the settings that the page shows, and no channel of the alerts", async () => {
  const page = (await SettingsPage()) as ReactElement<{ children: ReactElement<{ settings?: object }>[] }>;
  const sent = page.props.children.flatMap(({ props }) => Object.keys(props.settings ?? {}));
  expect(sent).toContain("billing_low");
  expect(sent).not.toContain("alerts");
  expect(sent).not.toContain("reply_templates");
});
