import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Reads the configuration as Next does, in a process of its own; says which native libraries that loaded. */
const READ = `
  import { createRequire } from "node:module";
  const require = createRequire(process.argv[1] + "/package.json");
  const { default: loadConfig } = require("next/dist/server/config");
  const config = await loadConfig(process.argv[2], process.argv[1], { silent: true });
  const { sharedObjects } = process.report.getReport();
  const compilers = sharedObjects.filter((path) => path.endsWith(".node") && path.includes("swc"));
  console.log(JSON.stringify({ compilers, powered: config.poweredByHeader, aliases: config.turbopack.resolveAlias ?? {} }));
`;

async function read(phase: string) {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", READ, root, phase], {
    env: { PATH: process.env.PATH, NODE_ENV: "production" } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
    compilers: string[];
    powered: boolean;
    aliases: Record<string, string>;
  };
}

test("a running console reads its configuration without loading a compiler", async () => {
  expect(await read("phase-production-server")).toMatchObject({ compilers: [], powered: false });
});

test("a build gets what next-intl's plugin sets", async () => {
  expect(Object.keys((await read("phase-production-build")).aliases)).toContain("next-intl/config");
});
