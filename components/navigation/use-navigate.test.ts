import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showToast } from "../feedback/show-toast";
import { NavigationProvider } from "./navigation-provider";
import { useNavigate } from "./use-navigate";
import { useRefresh } from "./use-refresh";

const router = vi.hoisted(() => ({ push: vi.fn(), refresh: vi.fn() }));
vi.mock("next/navigation", () => ({
  useRouter: () => router,
  usePathname: () => "/cards",
  useSearchParams: () => new URLSearchParams("page=2"),
}));
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }));
vi.mock("../feedback/show-toast", () => ({ showToast: vi.fn() }));

const network = { onLine: true };
beforeEach(() => {
  network.onLine = true;
  vi.stubGlobal("navigator", network);
  vi.stubGlobal("window", { location: new URL("http://console.test/cards?page=2") });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

type Hooks = { navigate: (href: string) => boolean; refresh: () => void };

function Probe({ onRender }: { onRender: (hooks: Hooks) => void }): null {
  onRender({ navigate: useNavigate(), refresh: useRefresh() });
  return null;
}

/** The hooks as they are on a page of the console. */
function onPage(): Hooks {
  const seen: Hooks[] = [];
  const probe = createElement(Probe, { onRender: (hooks) => seen.push(hooks) });
  renderToString(createElement(NavigationProvider, null, probe));
  const [hooks] = seen;
  if (!hooks) throw new Error("not rendered");
  return hooks;
}

test("with a network it goes", () => {
  const { navigate, refresh } = onPage();
  expect(navigate("/cards/7")).toBe(true);
  refresh();
  expect(router.push).toHaveBeenCalledExactlyOnceWith("/cards/7");
  expect(router.refresh).toHaveBeenCalledOnce();
  expect(showToast).not.toHaveBeenCalled();
});

test("without a network the page stays, and a toast says why", () => {
  const { navigate, refresh } = onPage();
  network.onLine = false;
  expect(navigate("/cards/7")).toBe(false);
  refresh();
  expect(router.push).not.toHaveBeenCalled();
  expect(router.refresh).not.toHaveBeenCalled();
  expect(showToast).toHaveBeenCalledExactlyOnceWith("danger", "no_connection");
});
