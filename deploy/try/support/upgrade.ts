import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  type ContainerTrial,
  manifestOf,
  operatorAt,
  pairsOf,
  runInside,
  startContainer,
  stopInGrace,
  waitForCards,
} from "./container-trial.ts";
import { buildImage, makeBases } from "./images.ts";
import { outputOf, RUN_FLAGS, runProgram } from "./podman.ts";
import { versionBefore } from "./version-before.ts";

const VOLUME = "upgraded-data";

/** From the version before the newest migration (or the one that is named) to this one, on a volume with data; and back, which is refused. */
export async function tryUpgrade(trial: ContainerTrial): Promise<void> {
  const { podman, report } = trial;
  const before = await versionBefore(trial.root, trial.from);
  if (!before)
    return report.skip("upgrade from a version before", `${trial.from ?? "its commit"} is not in the history here`);
  const old = `localhost/made/cardesk:${before.commit.slice(0, 12)}`;
  const built = await report.step("build the image of a version before, by its own Dockerfile", async () => {
    if ((await podman.attempt(["image", "exists", old])).code !== 0) await buildOld(trial, before.commit, old);
    return `${before.commit.slice(0, 7)}, which lacks ${before.lacks.length} migrations`;
  });
  if (!built) return;
  let operations = 0;
  const filled = await report.step("the old image fills a volume", async () => {
    const console = await startContainer(trial, { name: "old", volume: VOLUME, image: old, flags: [] });
    const operator = await operatorAt(trial, console, old);
    const cards = await waitForCards(trial, operator);
    const done = await operator.transfer(pairsOf(trial, 8), 2);
    const batch = await operator.batch(await operator.createBatch(30));
    operations = await operator.operations();
    const stopped = await stopInGrace(trial, "old");
    return `${cards} cards, ${done} transfers, a batch of ${batch.keys} keys (${batch.state}), ${operations} operations listed; ${stopped}`;
  });
  if (!filled) return;
  await report.step("the new image starts on it: everything is there, it works on, the audit is whole", async () => {
    const console = await startContainer(trial, { name: "new", volume: VOLUME });
    const operator = await operatorAt(trial, console);
    const found = await operator.operations();
    if (found !== operations) throw new Error(`${found} of ${operations} operations are listed`);
    const done = await operator.transfer(pairsOf(trial, 3), 1);
    const audit = await runInside(trial, "new", ["server/audit/verify.ts"]);
    if (done !== 3 || audit.code !== 0) throw new Error(`${done} transfers; ${audit.text}`);
    return `${found} operations, ${done} more transfers; ${audit.text.split("\n")[0]}; ${await stopInGrace(trial, "new")}`;
  });
  await report.step("the old image refuses the newer database and changes nothing", async () => {
    const env = ["--env=HOST=127.0.0.1", "--env=PORT=3399"];
    const { code, out, err } = await podman.attempt([
      "run",
      "--rm",
      ...RUN_FLAGS,
      ...env,
      `--volume=${VOLUME}:/data`,
      old,
    ]);
    const said = `${out}${err}`.trim();
    if (code === 0 || !said.includes("newer than this Cardesk")) throw new Error(`exit ${code}: ${said.slice(-400)}`);
    await startContainer(trial, { name: "new", volume: VOLUME });
    return `exit ${code}, "${said.split("\n").at(-1)}"; the new one starts again, ${await stopInGrace(trial, "new")}`;
  });
}

async function buildOld(trial: ContainerTrial, commit: string, image: string): Promise<void> {
  const { podman, folder, root } = trial;
  const source = join(folder, "old-source");
  const tar = join(folder, "old.tar");
  rmSync(source, { recursive: true, force: true });
  outputOf(
    "git archive",
    await runProgram("git", ["-C", root, "archive", `--output=${tar}`, `--prefix=old-source/`, commit]),
  );
  outputOf("tar", await runProgram("tar", ["-C", folder, "-xf", tar]));
  rmSync(tar);
  await buildImage(podman, folder, await makeBases(podman, folder, root), { source, image });
  rmSync(source, { recursive: true });
  await manifestOf(trial, image);
}
