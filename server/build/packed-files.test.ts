import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildConsole } from "./build-console";
import { ENTRIES, importedFrom, isPacked } from "./packed-files";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("what a console imports", () => {
  let files: string[];
  test("is followed through this project's files, their data and packages", async () => {
    files = (await importedFrom(root, ENTRIES)).filter(isPacked);
    expect(files).toEqual(expect.arrayContaining(ENTRIES));
    expect(files).toEqual(
      expect.arrayContaining([
        "server/launcher/start-all.ts",
        "server/gate/request-gate.ts",
        "lib/db/migrations/meta/_journal.json",
        "messages/en/health.json",
        "node_modules/pg/lib/index.js",
        "node_modules/server-only/empty.js",
      ]),
    );
  });

  test("is no test, no stand-in and no tool", () => {
    const folders = new Set(files.map((file) => file.split("/")[0]));
    expect([...folders].toSorted()).toEqual(["lib", "messages", "node_modules", "package.json", "server"]);
    expect(files.filter((file) => !file.startsWith("node_modules/") && /\.test\.|sandbox/.test(file))).toEqual([]);
    const tools = Object.keys((JSON.parse(read("package.json")) as { devDependencies: object }).devDependencies);
    const packed = tools.filter((name) => files.some((file) => file.startsWith(`node_modules/${name}/`)));
    expect(packed).toEqual([]);
  });

  test("has every command that package.json offers an operator", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const paths = ["start", "audit:verify", "backup", "doctor", "move", "restore"].map(
      (name) => /server\/\S+\.ts/.exec(scripts[name] ?? "")?.[0],
    );
    expect(ENTRIES).toEqual(expect.arrayContaining(paths));
  });
});

describe("the image", () => {
  const dockerfile = read("deploy/Dockerfile");

  test("gets what was packed, Node, and nothing else", () => {
    const [, last = ""] = dockerfile.split(/^FROM \$\{BASE\}$/m);
    const copied = last.match(/^(COPY|ADD) .*$/gm);
    expect(copied).toEqual([
      "COPY --from=build /packed/node /usr/local/bin/node",
      "COPY --from=build /packed/app /app",
    ]);
    expect(last).toMatch(/^USER cardesk$/m);
  });

  test("is built on bases that are arguments with a public default", () => {
    const bases = [...dockerfile.matchAll(/^FROM \$\{(\w+)\}/gm)].map(([, name]) => name);
    expect(bases).toEqual(["BUILDER", "BASE"]);
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    for (const name of ["BUILDER", "BASE"]) expect(dockerfile).toMatch(new RegExp(`^ARG ${name}=docker\\.io/`, "m"));
  });

  test("is built from no test, no secret and nothing made", () => {
    const ignored = read("deploy/Dockerfile.dockerignore").split("\n");
    const unwanted = [".git", ".next", ".env*", ".data*", "**/node_modules", "bench", "chaos", "deploy", "e2e", "test"];
    expect(ignored).toEqual(expect.arrayContaining([...unwanted, "**/*.test.ts", "**/*.test.tsx"]));
  });
});

describe("a console without the sources of its pages", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cardesk-packed-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "");
  };

  test("is run as it was built", async () => {
    write(".next/cardesk-build-id");
    await buildConsole(folder, () => expect.unreachable("it has nothing to be built from"));
  });

  test("and without a build either does not pass for one", async () => {
    write("package.json");
    const said: string[] = [];
    await expect(buildConsole(folder, (line) => said.push(line))).rejects.toThrow();
    expect(said).toHaveLength(1);
  });
});
