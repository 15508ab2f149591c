import { execFileSync } from "node:child_process";
import { findProgram } from "../../../test/support/find-program.ts";

/**
 * Install Debian's packages for the programs that are missing, where that may be done (root on Debian). None of their services is started.
 * Returns why some program is still missing, or undefined if all are there.
 */
export function installPrograms(packageOf: Readonly<Record<string, string>>): string | undefined {
  const missing = Object.keys(packageOf).filter((name) => !findProgram(name));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((name) => packageOf[name] ?? name))];
  if (process.getuid?.() !== 0 || !findProgram("apt-get"))
    return `${missing.join(", ")} not installed (Debian: apt-get install ${packages.join(" ")})`;
  try {
    // RUNLEVEL: Debian's scripts then start no service.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env, stdio: "ignore" });
  } catch {
    return `${packages.join(", ")} could not be installed`;
  }
  const still = missing.filter((name) => !findProgram(name));
  return still.length > 0 ? `${still.join(", ")} not found after installing ${packages.join(" ")}` : undefined;
}
