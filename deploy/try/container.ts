/**
 * `node deploy/try/container.ts [--keep FOLDER] [--only image|embedded|beside|compose|upgrade] [--from REVISION]`: build the image of deploy/Dockerfile and run it as it is meant to be run, by podman.
 * Needs root on Debian 12, some 15 GB and half an hour. With --keep the images stay in FOLDER and are used again.
 * The upgrade is from REVISION of this project's history, or from the version before its newest migration.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { findProgram } from "../../test/support/find-program.ts";
import { tryBesidePostgres } from "./support/beside-postgres.ts";
import { tryCompose } from "./support/compose.ts";
import { ADMIN, type ContainerTrial } from "./support/container-trial.ts";
import { tryEmbedded } from "./support/embedded.ts";
import { tryImage } from "./support/image-contents.ts";
import { buildImage, makeBases } from "./support/images.ts";
import { openPodman } from "./support/podman.ts";
import { installPrograms } from "./support/programs.ts";
import { openReport } from "./support/report.ts";
import { tryUpgrade } from "./support/upgrade.ts";

const NEEDED = { podman: "podman", buildah: "buildah", runc: "runc", debootstrap: "debootstrap" };
const IMAGE = "localhost/made/cardesk:new";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = { type: "string" } as const;
const { keep: kept, only, from } = parseArgs({ options: { keep: text, only: text, from: text } }).values;
const report = openReport("container");
const missing = process.getuid?.() === 0 ? installPrograms(NEEDED) : "root is needed to make a base and its containers";
if (missing || !findProgram("podman")) report.skip("everything", missing ?? "podman is not here");
else await run();
report.end();

async function run(): Promise<void> {
  const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), "cardesk-container-"));
  mkdirSync(folder, { recursive: true });
  const podman = openPodman(folder);
  const options = { latencyMs: { espai: 30, potato: 1500, talkbot: 0 }, sign: "v3" } as const;
  const sandbox = await startSandbox({ seed: 1, cards: 360, keys: 60, options });
  try {
    const built = await report.step("build the image by deploy/Dockerfile", async () => {
      const bases = await makeBases(podman, folder, root);
      if ((await podman.attempt(["image", "exists", IMAGE])).code !== 0)
        await buildImage(podman, folder, bases, { source: root, image: IMAGE });
      return `on ${bases.origin}`;
    });
    if (!built) return;
    const trial: ContainerTrial = { podman, folder, root, image: IMAGE, sandbox, account: ADMIN, report, from };
    const parts = {
      image: tryImage,
      embedded: tryEmbedded,
      beside: tryBesidePostgres,
      compose: tryCompose,
      upgrade: tryUpgrade,
    };
    for (const [part, work] of Object.entries(parts)) if (!only || only === part) await work(trial);
  } finally {
    // With --only, another part may be running on the same images.
    if (!only) {
      await podman.attempt(["rm", "--all", "--force", "--time", "5"]);
      await podman.attempt(["volume", "rm", "--all", "--force"]);
    }
    await sandbox.close();
    if (!kept) rmSync(folder, { recursive: true, force: true });
  }
}
