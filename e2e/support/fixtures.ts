import {
  type APIRequestContext,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { type Cardesk, startCardesk } from "./cardesk";
import { failOnConsoleError } from "./fail-on-console-error";
import { makeCards, type OwnCard, type Wanted } from "./own-cards";
import { type Sandbox, sandboxOf } from "./sandbox";
import { signIn } from "./sign-in";

export type Role = "support" | "operator" | "admin";
/** A proof is fresh for 10 minutes, and no journey may take longer than 5. */
const KEPT_MS = 4 * 60_000;

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

type Worker = {
  /** By default longer than any journey takes: nothing is called "not applied" in the middle of one. */
  quietSeconds: number;
  /** Variables of the console besides. */
  consoleEnv: Record<string, string>;
  /** Each worker has a Cardesk of its own: a test may pause its writes or break its upstreams, and disturbs nobody. */
  cardesk: Cardesk;
  /** Signed in in the browser, as people do, and again every few minutes: a journey never meets a stale proof by chance. */
  signedIn: (role: Role) => Promise<State>;
};

export type OwnCards = <W extends Wanted[]>(...wanted: W) => Promise<{ [K in keyof W]: OwnCard }>;

type Tools = {
  /** A page nobody is signed in on. */
  anonymous: Page;
  support: Page;
  operator: Page;
  admin: Page;
  /** One more window: another role, size, language or theme. Guarded and closed like the others. */
  open: (role: Role | null, options?: BrowserContextOptions & { expectedErrors?: RegExp }) => Promise<Page>;
  /** Requests of a signed-in person without a page. */
  requestAs: (role: Role) => Promise<APIRequestContext>;
  /** Told to behave again after each test. */
  sandbox: Sandbox;
  ownCards: OwnCards;
};

export const test = base.extend<Tools, Worker>({
  quietSeconds: [3_600, { scope: "worker", option: true }],
  consoleEnv: [{}, { scope: "worker", option: true }],
  cardesk: [
    async ({ quietSeconds, consoleEnv }, use) => {
      const cardesk = await startCardesk(quietSeconds, consoleEnv);
      await use(cardesk);
      await cardesk.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
  signedIn: [
    async ({ browser, cardesk }, use) => {
      const states = new Map<Role, { state: State; at: number }>();
      await use(async (role) => {
        const known = states.get(role);
        if (known && Date.now() - known.at < KEPT_MS) return known.state;
        const at = Date.now();
        const context = await browser.newContext({ baseURL: cardesk.url, locale: "zh-CN" });
        const page = await context.newPage();
        await signIn(page, role, cardesk.password);
        const state = await context.storageState();
        await context.close();
        states.set(role, { state, at });
        return state;
      });
    },
    { scope: "worker" },
  ],
  baseURL: ({ cardesk }, use) => use(cardesk.url),
  open: async ({ browser, signedIn, contextOptions, baseURL, viewport, locale, timezoneId }, use) => {
    const opened: { context: BrowserContext; check: () => void }[] = [];
    await use(async (role, { expectedErrors, ...options } = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL,
        viewport,
        locale,
        timezoneId,
        ...(role && { storageState: await signedIn(role) }),
        ...options,
      });
      opened.push({ context, check: failOnConsoleError(context, expectedErrors) });
      return context.newPage();
    });
    for (const { context } of opened) await context.close();
    for (const { check } of opened) check();
  },
  anonymous: async ({ open }, use) => use(await open(null)),
  support: async ({ open }, use) => use(await open("support")),
  operator: async ({ open }, use) => use(await open("operator")),
  admin: async ({ open }, use) => use(await open("admin")),
  requestAs: async ({ playwright, signedIn, baseURL }, use) => {
    const made: APIRequestContext[] = [];
    await use(async (role) => {
      const context = await playwright.request.newContext({
        ...sameOrigin(baseURL),
        storageState: await signedIn(role),
      });
      made.push(context);
      return context;
    });
    for (const context of made) await context.dispose();
  },
  sandbox: async ({ cardesk }, use) => {
    const sandbox = sandboxOf(cardesk);
    await use(sandbox);
    await sandbox.clearFaults();
    await sandbox.release();
  },
  ownCards: async ({ sandbox, requestAs }, use) => {
    const request = await requestAs("support");
    await use((...wanted) => makeCards(sandbox, request, ...wanted));
  },
});

/** Requests without a page say that they come from one of ours, as a browser would. */
export const sameOrigin = (baseURL: string | undefined) => ({
  baseURL,
  extraHTTPHeaders: { origin: new URL(baseURL ?? "").origin },
});

export { expect };
