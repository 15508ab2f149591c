import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { builtConfig } from "./built-config.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Reads the configuration as Next does, in a process of its own; says which compilers that loaded. */
const READ = `
  import { createRequire } from "node:module";
  const require = createRequire(process.argv[1] + "/package.json");
  const { default: loadConfig } = require("next/dist/server/config");
  const config = await loadConfig(process.argv[2], process.argv[1], { silent: true });
  const { sharedObjects } = process.report.getReport();
  const compilers = sharedObjects.filter((path) => path.endsWith(".node") && path.includes("swc"));
  console.log(JSON.stringify({ compilers, powered: config.poweredByHeader, aliases: config.turbopack.resolveAlias ?? {} }));
`;

async function read(phase: string, built?: string) {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", READ, root, phase], {
    env: {
      ...({ PATH: process.env.PATH, NODE_ENV: "production" } as NodeJS.ProcessEnv),
      ...(built && { __NEXT_PRIVATE_STANDALONE_CONFIG: built }),
    },
  });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
    compilers: string[];
    powered: boolean;
    aliases: Record<string, string>;
  };
}

test("a running console takes the configuration of its build, and loads no compiler for it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-built-"));
  try {
    expect(builtConfig(folder)).toBeUndefined();
    mkdirSync(join(folder, ".next"));
    const config = { poweredByHeader: false, turbopack: {} };
    writeFileSync(join(folder, ".next", "required-server-files.json"), JSON.stringify({ version: 1, config }));
    expect(await read("phase-production-server", builtConfig(folder))).toEqual({
      compilers: [],
      powered: false,
      aliases: {},
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a build reads the file itself, and gets what next-intl's plugin sets", async () => {
  const { powered, aliases } = await read("phase-production-build");
  expect(powered).toBe(false);
  expect(Object.keys(aliases)).toContain("next-intl/config");
});
