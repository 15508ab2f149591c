import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { databaseAwayPage } from "./database-away-page";

test.each([
  ["en", "The database isn't responding"],
  ["zh-CN", "数据库暂时没有应答"],
] as const)("answers 503 and says so in %s", async (locale, title) => {
  const answer = databaseAwayPage({ locale, theme: "dark", policy: null });
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const html = await answer.text();
  expect(html).toContain(`<h1>${title}</h1>`);
  expect(html).toContain(`<html lang="${locale}" data-theme="dark">`);
});

test("asks for the health less and less often, and reloads once when it is good again", async () => {
  const html = await databaseAwayPage({ locale: "en", theme: "system", policy: "script-src 'nonce-aB+/9=='" }).text();
  // The policy blocks a script without the nonce: the page would never reload.
  const [, script = ""] = /<script nonce="aB\+\/9==">(.*)<\/script>/s.exec(html) ?? [];
  const waits: number[] = [];
  let next = async () => {};
  let healthy = false;
  const button = { ariaBusy: "false", addEventListener: vi.fn() };
  const reload = vi.fn();
  runInNewContext(script, {
    Math: { min: Math.min, random: () => 0.5 },
    setTimeout: (check: () => Promise<void>, ms: number) => {
      waits.push(Math.round(ms));
      next = check;
    },
    clearTimeout: () => {},
    document: { querySelector: () => button },
    location: { reload },
    fetch: async (path: string) => {
      expect(path).toBe("/api/health");
      // Whoever pressed it sees that it asks.
      expect(button.ariaBusy).toBe("true");
      if (waits.length === 1) throw new TypeError("no connection");
      return { ok: healthy };
    },
  });
  for (let i = 0; i < 8; i++) await next();
  expect(waits).toEqual([1000, 1500, 2250, 3375, 5063, 7594, 11391, 15000, 15000]);
  expect(reload).not.toHaveBeenCalled();
  expect(button.ariaBusy).toBe("false");
  healthy = true;
  await next();
  expect(reload).toHaveBeenCalledOnce();
  expect(waits).toHaveLength(9);
});
