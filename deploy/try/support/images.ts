import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram } from "../../../test/support/find-program.ts";
import { outputOf, type Podman, runProgram } from "./podman.ts";

/** What an image is built on and run on. */
export type Bases = { builder: string; base: string; origin: string };

const PUBLIC = {
  builder: "docker.io/library/node:24-bookworm-slim",
  base: "docker.io/library/debian:bookworm-slim",
};
const MADE = { builder: "localhost/made/node:24-bookworm", base: "localhost/made/debian:bookworm" };

/** What images for containers leave out of Debian. */
const NOT_IN_SLIM = [
  "usr/share/doc",
  "usr/share/man",
  "usr/share/info",
  "usr/share/locale",
  "var/cache",
  "var/lib/apt/lists",
];

/** The public bases; where they can't be fetched, the same made here: Debian by debootstrap, Node from its npm package. */
export async function makeBases(podman: Podman, folder: string, root: string): Promise<Bases> {
  const pulls = [PUBLIC.base, PUBLIC.builder].map((image) => podman.attempt(["pull", "--quiet", image], 300_000));
  if ((await Promise.all(pulls)).every(({ code }) => code === 0)) return { ...PUBLIC, origin: "the public bases" };
  if ((await podman.attempt(["image", "exists", MADE.builder])).code !== 0) {
    await importDebian(podman, folder, { image: MADE.base });
    await makeBuilder(podman, folder, root);
  }
  return { ...MADE, origin: "bases made here by debootstrap (the public ones can't be fetched)" };
}

/** Debian 12 as small as images for containers have it, with these packages. */
export async function importDebian(
  podman: Podman,
  folder: string,
  { image, packages = [] }: { image: string; packages?: string[] },
): Promise<void> {
  const tree = join(folder, "debian");
  rmSync(tree, { recursive: true, force: true });
  const include = packages.length > 0 ? [`--include=${packages.join(",")}`] : [];
  const made = await runProgram("debootstrap", ["--variant=minbase", ...include, "bookworm", tree]);
  outputOf("debootstrap", made);
  for (const path of NOT_IN_SLIM) {
    rmSync(join(tree, path), { recursive: true, force: true });
    mkdirSync(join(tree, path), { recursive: true });
  }
  const tar = join(folder, "debian.tar");
  outputOf("tar", await runProgram("tar", ["-C", tree, "-cf", tar, "."]));
  await podman.run(["import", "--quiet", tar, image]);
  rmSync(tree, { recursive: true, force: true });
  rmSync(tar);
}

/** As the public image with Node: node, npm, and the user "node". */
async function makeBuilder(podman: Podman, folder: string, root: string): Promise<void> {
  const context = join(folder, "builder");
  const npm = findProgram("npm");
  if (!npm) throw new Error("npm is not installed");
  cpSync(realpathSync(join(root, "node_modules/node/bin/node")), join(context, "node"));
  cpSync(dirname(dirname(realpathSync(npm))), join(context, "npm"), { recursive: true, verbatimSymlinks: true });
  const lines = [
    `FROM ${MADE.base}`,
    "COPY node /usr/local/bin/node",
    "COPY npm /usr/local/lib/node_modules/npm",
    "RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && groupadd -g 1000 node && useradd -u 1000 -g 1000 node",
  ];
  writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
  await podman.build(["bud", "--isolation=chroot", "-t", MADE.builder, context]);
  rmSync(context, { recursive: true });
}

/** Build the project in `source` by its own Dockerfile. This machine's npm settings and cache serve the build and stay out of the image. */
export async function buildImage(
  podman: Podman,
  folder: string,
  bases: Bases,
  { source, image }: { source: string; image: string },
) {
  const dockerfile = join(folder, "Dockerfile");
  // Before there was ARG, the one base stood in the file.
  const text = readFileSync(join(source, "deploy/Dockerfile"), "utf8");
  writeFileSync(dockerfile, text.replaceAll(/^FROM node:\S+/gm, `FROM ${bases.builder}`));
  const args = [`BUILDER=${bases.builder}`, `BASE=${bases.base}`].map((arg) => `--build-arg=${arg}`);
  const ignore = `--ignorefile=${join(source, "deploy/Dockerfile.dockerignore")}`;
  const volumes = (await npmFiles(folder)).map((volume) => `--volume=${volume}`);
  // "docker" is the format that has a health check.
  await podman.build([
    "bud",
    "--isolation=chroot",
    "--format=docker",
    ...args,
    ...volumes,
    ignore,
    "-f",
    dockerfile,
    "-t",
    image,
    source,
  ]);
}

async function npmFiles(folder: string): Promise<string[]> {
  const setting = async (name: string) => (await runProgram("npm", ["config", "get", name])).out.trim();
  const [cafile = "", registry = "", cache = ""] = await Promise.all(["cafile", "registry", "cache"].map(setting));
  const trusted = existsSync(cafile) ? cafile : undefined;
  const npmrc = join(folder, "npmrc");
  writeFileSync(npmrc, [`registry=${registry}`, ...(trusted ? [`cafile=${trusted}`] : []), ""].join("\n"));
  return [
    `${npmrc}:/root/.npmrc:ro`,
    ...(trusted ? [`${trusted}:${trusted}:ro`] : []),
    ...(existsSync(cache) ? [`${cache}:/root/.npm`] : []),
  ];
}
