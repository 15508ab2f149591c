import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> };
type Lock = { packages: Record<string, { version?: string }> };

const read = <T>(name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8")) as T;
const manifest = read<Manifest>("package.json");
const { packages } = read<Lock>("package-lock.json");

/** Every version of a package in the lock file, wherever it lies. */
function versionsOf(name: string): string[] {
  return Object.entries(packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .flatMap(([, { version }]) => version ?? []);
}

/** Compare by numbers, a pre-release ("-beta.32") before its release. */
function isAtLeast(version: string, floor: string): boolean {
  const parts = (text: string) => {
    const [release = "", pre] = text.split("-");
    return [...release.split(".").map(Number), pre ? Number(pre.match(/\d+$/)?.[0] ?? 0) : Number.POSITIVE_INFINITY];
  };
  const [a, b] = [parts(version), parts(floor)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 || Number(a[at]) > Number(b[at]);
}

// Below these stand fixed advisories; see docs/decisions.
const floors: [name: string, floor: string, required: boolean][] = [
  ["next", "16.4.6", true],
  ["react", "19.3.1", true],
  ["react-dom", "19.3.1", true],
  ["next-auth", "5.0.0-beta.32", true],
  ["zod", "4.6.7", true],
  ["sharp", "0.35.5", false],
];

test.each(floors)("%s is %s or newer wherever it is installed", (name, floor, required) => {
  const versions = versionsOf(name);
  if (required) expect(versions).not.toEqual([]);
  expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
});

test("the comparison knows pre-releases and numbers of different length", () => {
  expect(isAtLeast("5.0.0-beta.31", "5.0.0-beta.32")).toBe(false);
  expect(isAtLeast("5.0.0-beta.100", "5.0.0-beta.32")).toBe(true);
  expect(isAtLeast("5.0.0", "5.0.0-beta.32")).toBe(true);
  expect(isAtLeast("16.10.0", "16.4.6")).toBe(true);
  expect(isAtLeast("16.4.5", "16.4.6")).toBe(false);
});

test("every package is pinned, next-auth to an exact pre-release, and Node is 24", () => {
  const { dependencies, devDependencies } = manifest;
  expect(dependencies["next-auth"]).toMatch(/^5\.0\.0-beta\.\d+$/);
  expect(Object.entries(dependencies).filter(([, version]) => !/^\d/.test(version))).toEqual([]);
  expect(devDependencies.node).toMatch(/^24\./);
  expect(versionsOf("node").every((version) => version.startsWith("24."))).toBe(true);
});
