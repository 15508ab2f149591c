import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../app/globals.css"), "utf8");
const pairs = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
const colours = new Map([...pairs].map(([, name, light, dark]) => [name, { light, dark }]));

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string, theme: "light" | "dark"): number {
  const [one, two] = [a, b].map((name) => luminance(colours.get(name)?.[theme] ?? ""));
  return (Math.max(one ?? 0, two ?? 0) + 0.05) / (Math.min(one ?? 0, two ?? 0) + 0.05);
}

const plain = ["canvas", "surface", "raised", "hover"];
const reading = [
  ...["text", "soft", "faint", "accent"].flatMap((ink) => plain.map((ground) => [ink, ground] as const)),
  ...["danger", "warning", "done", "unknown"].flatMap((ink) => ["surface", "canvas"].map((g) => [ink, g] as const)),
  ...["accent", "done", "warning", "danger", "unknown"].map((tone) => [tone, `${tone}-wash`] as const),
  ...["accent", "done", "warning", "danger", "unknown"].map((tone) => ["text", `${tone}-wash`] as const),
  ["faint", "accent-wash"],
  ["soft", "accent-wash"],
  ["soft", "sunken"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger"],
  ["on-danger", "danger-strong"],
] as const;

describe.each(["light", "dark"] as const)("%s theme", (theme) => {
  test.each(reading)("%s can be read on %s (WCAG AA, 4.5)", (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(plain)("the edge of a field can be seen on %s (3)", (ground) => {
    expect(contrast("control", ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
