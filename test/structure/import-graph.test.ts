import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { childOf, findCircles, findUpwardImports, type Import, listSources, readImports } from "./import-graph";

const root = join(import.meta.dirname, "../..");
const FOLDERS = ["app", "bench", "chaos", "components", "deploy", "e2e", "lib", "sandbox", "server", "test"];

/** The rooms of lib, lowest first: a room imports from those before it only. docs/ARCHITECTURE.md draws them. */
const FLOORS = [
  "core",
  "format",
  "upstream",
  "db",
  "context.ts",
  "process",
  "queue",
  "upstream-status",
  "audit-chain",
  "doctor",
  "audit",
  "settings",
  "users",
  "limits",
  "billing",
  "fault-lab",
  "cards",
  "operations",
  "keys",
  "customers",
  "follow-ups",
  "find",
  "approvals",
  "timeline",
  "alerts",
  "operation-kinds.ts",
  "runtime",
  "monitoring",
  "web",
];

/** Rooms with a door: from outside only index.ts, types.ts and schemas.ts. The others are open: every file is for all. */
const DOMAINS = FLOORS.filter(
  (room) => !["core", "format", "db", "context.ts", "process", "operation-kinds.ts", "web"].includes(room),
);
const DOORS = ["index.ts", "types.ts", "schemas.ts"];

const files = listSources(root, FOLDERS);
const imports = readImports(root, files);

describe("the project", () => {
  test("is read whole", () => {
    expect(files.length).toBeGreaterThan(500);
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports).toContainEqual({ from: "app/(console)/page.tsx", to: "lib/web/auth/current-user.ts" });
  });

  test("has no circle among the files and folders of any folder", () => {
    expect(findCircles(imports)).toEqual([]);
  });

  test("every room of lib has its floor", () => {
    const rooms = new Set(files.flatMap((file) => childOf("lib", file) ?? []));
    expect([...rooms].toSorted()).toEqual(FLOORS.toSorted());
  });

  test("no import inside lib runs up", () => {
    expect(findUpwardImports(imports, "lib", FLOORS).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test("a domain is entered by its door alone", () => {
    const deep = imports.filter(({ from, to }) => {
      const room = childOf("lib", to);
      if (!room || !DOMAINS.includes(room) || from.startsWith(`lib/${room}/`)) return false;
      return !DOORS.includes(to.slice(`lib/${room}/`.length));
    });
    const production = deep.filter(({ from }) => !from.startsWith("test/"));
    expect(production.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

describe("findCircles", () => {
  const edge = (from: string, to: string): Import => ({ from, to });

  test("finds none in a chain", () => {
    expect(findCircles([edge("a/x.ts", "a/y.ts"), edge("a/y.ts", "a/z.ts"), edge("a/x.ts", "a/z.ts")])).toEqual([]);
  });

  test("names the imports of a circle of files", () => {
    const circle = [edge("a/y.ts", "a/z.ts"), edge("a/z.ts", "a/y.ts")];
    expect(findCircles([edge("a/x.ts", "a/y.ts"), ...circle])).toEqual(["a: a/y.ts → a/z.ts, a/z.ts → a/y.ts"]);
  });

  test("finds folders that import each other where no two files do", () => {
    const found = findCircles([edge("a/b/1.ts", "a/c/2.ts"), edge("a/c/3.ts", "a/b/4.ts")]);
    expect(found).toEqual(["a: a/b/1.ts → a/c/2.ts, a/c/3.ts → a/b/4.ts"]);
  });
});

describe("findUpwardImports", () => {
  test("is an import of a higher floor from a lower one, and nothing else", () => {
    const down = { from: "lib/cards/a.ts", to: "lib/core/b.ts" };
    const up = { from: "lib/core/b.ts", to: "lib/cards/a.ts" };
    const inside = { from: "lib/core/b.ts", to: "lib/core/c.ts" };
    expect(findUpwardImports([down, up, inside], "lib", ["core", "cards"])).toEqual([up]);
  });
});
