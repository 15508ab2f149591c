import { expect, test, vi } from "vitest";
import { recoverPage } from "./recover-page";

const means = (health: { ok: boolean } | Error, now = 0, error = new Error("a fault")) => ({
  error,
  askHealth: async () => {
    if (health instanceof Error) throw health;
    return health;
  },
  reload: vi.fn(),
  retry: vi.fn(),
  now,
});

test("while the database is away the page is loaded anew: the server says so", async () => {
  const away = means({ ok: false });
  expect(await recoverPage(away)).toBe(null);
  expect(away.reload).toHaveBeenCalledOnce();
  expect(away.retry).not.toHaveBeenCalled();
});

test("a console that can't be reached is not reloaded into the browser's own error page", async () => {
  const cut = means(new TypeError("failed to fetch"));
  expect(await recoverPage(cut)).toBe("no-connection");
  expect(cut.reload).not.toHaveBeenCalled();
});

test("a fault that has passed is tried again once; one that stays is shown", async () => {
  const first = means({ ok: true }, 100_000);
  expect(await recoverPage(first)).toBe(null);
  expect(first.retry).toHaveBeenCalledOnce();
  const second = means({ ok: true }, 101_000);
  expect(await recoverPage(second)).toBe("own-fault");
  expect(second.retry).not.toHaveBeenCalled();
  const later = means({ ok: true }, 200_000);
  expect(await recoverPage(later)).toBe(null);
  expect(later.retry).toHaveBeenCalledOnce();
});

test("code that a console in order does not have is of an earlier build: the user is asked to reload, nothing is tried again", async () => {
  const missing = Object.assign(new Error("Failed to load chunk"), { name: "ChunkLoadError" });
  const old = means({ ok: true }, 300_000, missing);
  expect(await recoverPage(old)).toBe("outdated");
  expect(old.retry).not.toHaveBeenCalled();
  expect(old.reload).not.toHaveBeenCalled();
  const away = means({ ok: false }, 300_000, missing);
  expect(await recoverPage(away)).toBe(null);
  expect(away.reload).toHaveBeenCalledOnce();
  expect(await recoverPage(means(new TypeError("failed to fetch"), 300_000, missing))).toBe("no-connection");
});
