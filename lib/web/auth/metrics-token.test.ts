import { beforeEach, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { checkMetricsToken } from "./metrics-token";

const TOKEN = "0123456789abcdef0123456789abcdef";
beforeEach(() => {
  sharedSlot("env").value = parseEnv({ METRICS_TOKEN: TOKEN });
  sharedSlot("metrics-token-tries").value = undefined;
});

test("only the whole token opens", () => {
  expect(checkMetricsToken(`Bearer ${TOKEN}`)).toBe("right");
  expect(checkMetricsToken(`bearer ${TOKEN}`)).toBe("right");
  for (const given of [TOKEN.slice(1), `${TOKEN}0`, TOKEN.toUpperCase(), "x"])
    expect(checkMetricsToken(`Bearer ${given}`)).toBe("wrong");
  for (const given of [null, "", TOKEN, `Basic ${TOKEN}`, "Bearer", "Bearer "])
    expect(checkMetricsToken(given)).toBe("none");
});

test("without a token configured none is right", () => {
  sharedSlot("env").value = parseEnv({});
  expect(checkMetricsToken(`Bearer ${TOKEN}`)).toBe("none");
  expect(checkMetricsToken("Bearer undefined")).toBe("none");
});

test("ten wrong ones a minute, whoever sends them; the right one always gets in", () => {
  const wrong = (at: number) => checkMetricsToken("Bearer x", at);
  expect(Array.from({ length: 12 }, () => wrong(0))).toEqual([...Array(10).fill("wrong"), "too_many", "too_many"]);
  expect(checkMetricsToken(`Bearer ${TOKEN}`, 1)).toBe("right");
  expect(wrong(59_999)).toBe("too_many");
  expect(wrong(60_000)).toBe("wrong");
});
