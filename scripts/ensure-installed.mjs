/**
 * Install the packages when they are missing or not the ones package-lock.json names. Runs before Cardesk's own Node
 * exists, so: plain JavaScript, nothing imported but Node's own modules, any Node from 18 on.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";
const ownNode = join(root, "node_modules", ".bin", windows ? "node.cmd" : "node");

if (!isInstalled()) {
  console.log("Installing the packages (a minute or two, once) …");
  const install = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8",
    shell: windows,
    stdio: ["ignore", "pipe", "pipe"],
    // npm hands its own settings down to scripts; a colour or workspace choice of the outer command is not ours.
    env: { ...process.env, npm_config_loglevel: "error" },
  });
  if (install.status !== 0) {
    fail(`"npm ci" failed:\n${[install.error?.message, install.stdout, install.stderr].filter(Boolean).join("\n")}`);
  }
  if (!existsSync(ownNode)) {
    fail("The packages are installed but Node 24 is not among them: allow the install script of the package “node”.");
  }
}

/** npm writes down what it put into node_modules; compare that with the lock file, package by package. */
function isInstalled() {
  if (!existsSync(ownNode)) return false;
  try {
    const wanted = packagesOf(join(root, "package-lock.json"));
    const present = packagesOf(join(root, "node_modules", ".package-lock.json"));
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === "") return true;
      const found = present[path];
      return found ? found.version === entry.version : entry.optional === true;
    });
  } catch {
    return false;
  }
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
