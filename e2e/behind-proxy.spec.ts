import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { freePort } from "../server/launcher/free-port.ts";
import { findProxyTools, PROXY_HOST, selfSigned, startNginx } from "../test/support/nginx";
import { type Cardesk, startCardesk } from "./support/cardesk";
import { test as base, expect } from "./support/fixtures";
import { type Asker, makeCards } from "./support/own-cards";
import { signIn } from "./support/sign-in";
import { confirmButton, outcome, previewTransfer } from "./support/transferring";

const tools = findProxyTools();
const LOOPBACK = "127.0.0.1";

/** The whole console behind a real nginx with the configuration in deploy, spoken to over TLS. */
const test = base.extend<object, { cardesk: Cardesk }>({
  cardesk: [
    async ({ quietSeconds }, use) => {
      if ("missing" in tools) throw new Error(tools.missing);
      const folder = mkdtempSync(join(tmpdir(), "cardesk-nginx-"));
      const [http, https, console] = await Promise.all([
        freePort(LOOPBACK, 0),
        freePort(LOOPBACK, 0),
        freePort(LOOPBACK, 0),
      ]);
      selfSigned(tools.openssl, folder);
      const url = `https://${PROXY_HOST}:${https}`;
      const cardesk = await startCardesk(quietSeconds, {
        PORT: String(console),
        APP_URL: url,
        TRUST_PROXY: "loopback",
      });
      const nginx = await startNginx(tools.nginx, folder, { http, https, console });
      await use({ ...cardesk, url });
      await nginx.stop();
      await cardesk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 600_000 },
  ],
});

if ("missing" in tools) {
  base("without nginx the console is not tried behind it, and a line says so", () => {
    console.log(`${tools.missing}: the console is not tried behind a reverse proxy`);
    expect(tools.missing).toBeTruthy();
  });
} else {
  // The certificate is nobody's, and the name is this machine's in this browser alone.
  test.use({
    ignoreHTTPSErrors: true,
    launchOptions: async ({ launchOptions }, use) =>
      use({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${PROXY_HOST} ${LOOPBACK}`],
      }),
  });

  test("over TLS: cookies are for this host and https alone, and a transfer happens once", async ({
    operator,
    sandbox,
    cardesk,
  }) => {
    const answer = await operator.goto("/cards");
    expect(answer?.headers()["strict-transport-security"]).toContain("max-age=");
    const cookies = await operator.context().cookies(cardesk.url);
    const session = cookies.find(({ name }) => name === "__Host-authjs.session-token");
    expect(session).toMatchObject({ secure: true, httpOnly: true, sameSite: "Lax", path: "/", domain: PROXY_HOST });

    const [from, to] = await makeCards(sandbox, askFrom(operator), { balance: 10 }, { balance: 0 });
    const dialog = await previewTransfer(operator, from, to, 4);
    await confirmButton(dialog, 4).click();
    await expect(outcome(dialog)).toContainText("转让成功");
    expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
    expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 6 });
  });

  test("what a browser says of its own address is believed nowhere", async ({ open, cardesk }) => {
    const page = await open(null, { extraHTTPHeaders: { "x-forwarded-for": "6.6.6.6" } });
    await signIn(page, "support", cardesk.password);
    await page.goto("/account");
    const sessions = page.getByRole("main");
    await expect(sessions).toContainText(LOOPBACK);
    await expect(sessions).not.toContainText("6.6.6.6");
  });
}

/** Asks from inside the page: only the browser knows the name. */
function askFrom(page: Page): Asker {
  return {
    post: async (path, { data }) => {
      const answer = await page.evaluate(
        async ({ path, data }) => {
          const headers = { "content-type": "application/json" };
          const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(data) });
          return response.json();
        },
        { path, data },
      );
      return { json: async () => answer };
    },
  };
}
