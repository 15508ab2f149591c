/**
 * `node deploy/try/failover.ts [--kills 20] [--seed N] [--keep]`: PostgreSQL that fails over (`--kills 0`: without consoles). Three Patroni nodes with etcd, HAProxy
 * and PgBouncer on this machine, from the files in `deploy/`; two consoles; the primary is killed again and again under transfers,
 * destroys and batches of keys. Then the checkers of `chaos/` compare what both sides recorded.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readOptions } from "../../chaos/options.ts";
import { runChaos } from "../../chaos/run-chaos.ts";
import { buildConsole } from "../../server/build/build-console.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import { type FailOver, killPrimaries, seconds } from "./support/kill-primary.ts";
import { commitAndLosePrimary } from "./support/lose-commits.ts";
import { createDatabase, type PatroniCluster, startPatroniCluster } from "./support/patroni-cluster.ts";
import { installPrograms } from "./support/programs.ts";
import { openReport, type Report } from "./support/report.ts";
import { startRefused } from "./support/start-refused.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { kills: text, seed: text, keep: { type: "boolean" } } });
const kills = Number(values.kills ?? 20);

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupted.abort());

const report = openReport("failover");
const missing = installPrograms({
  patroni: "patroni",
  etcd: "etcd-server",
  haproxy: "haproxy",
  pgbouncer: "pgbouncer",
  pg_basebackup: "postgresql-15",
});
if (missing) report.skip("PostgreSQL that fails over", missing);
else await tryFailOver(report);
report.end();

async function tryFailOver({ step }: Report): Promise<void> {
  if (kills > 0) await buildConsole(root, console.log);
  let started: PatroniCluster | undefined;
  try {
    await step("three nodes from deploy/patroni.yml: one primary, one synchronous standby", async () => {
      started = await startPatroniCluster();
      await untilWhole(started);
      return undefined;
    });
    const cluster = started;
    if (!cluster) return;
    await createDatabase(cluster);
    await step(
      "PgBouncer with pool_mode = transaction is refused at the start, for the owner and for the console",
      async () => {
        const lent = (role: "cardesk" | "cardesk_app") =>
          cluster.urlOf(role, "pgbouncer").replace(/cardesk$/, "transactions");
        const direct = cluster.urlOf("cardesk");
        const ways: Record<string, string>[] = [
          { DATABASE_URL: lent("cardesk") },
          { DATABASE_URL: lent("cardesk_app"), DATABASE_OWNER_URL: direct },
        ];
        for (const env of ways) {
          const said = await startRefused(env);
          if (!said.includes("gives each transaction another session")) throw new Error(said);
        }
        return undefined;
      },
    );
    await step("a standby's own address is refused at the start", async () => {
      const primary = await cluster.primary();
      const standby = cluster.nodes.find((node) => node !== primary);
      const url = new URL(cluster.urlOf("cardesk"));
      url.port = String(standby?.ports.postgres);
      const said = await startRefused({ DATABASE_URL: url.href });
      if (!said.includes("is a standby")) throw new Error(said);
      return undefined;
    });
    for (const through of kills > 0 ? (["haproxy", "pgbouncer"] as const) : []) {
      if (interrupted.signal.aborted) return;
      const path = through === "haproxy" ? "HAProxy" : "PgBouncer (session) and HAProxy";
      await step(`${kills} kills of the primary, two consoles through ${path}`, () => killUnderWork(cluster, through));
    }
    if (interrupted.signal.aborted) return;
    await step("synchronous: senders held up, the primary killed, no acknowledged commit is lost", async () => {
      await untilWhole(cluster);
      const { acknowledged, lost } = await commitAndLosePrimary(cluster, { synchronous: true });
      if (lost > 0) throw new Error(`${lost} of ${acknowledged} acknowledged commits are lost`);
      return `${acknowledged} acknowledged, ${lost} lost; the commit waited instead`;
    });
    await step("the same without synchronous_mode loses acknowledged commits, which is why it is on", async () => {
      await cluster.setSynchronous(false);
      const { acknowledged, lost } = await commitAndLosePrimary(cluster, { synchronous: false });
      if (lost === 0) throw new Error(`none of ${acknowledged} was lost: this shows nothing`);
      return `${lost} of ${acknowledged} acknowledged commits are lost`;
    });
  } finally {
    await started?.stop();
    if (!values.keep) started?.remove();
    else console.log(`data and logs of the nodes are in ${started?.folder}`);
  }
}

async function untilWhole(cluster: PatroniCluster): Promise<void> {
  if (!(await waitUntil(() => cluster.isWhole({ synchronous: true }), 90_000, 250)))
    throw new Error("the three nodes are not in order");
}

/** One run of the chaos workload with this nemesis instead of its own. Throws unless every checker is content. */
async function killUnderWork(cluster: PatroniCluster, through: "haproxy" | "pgbouncer"): Promise<string> {
  await untilWhole(cluster);
  await createDatabase(cluster);
  const failOvers: FailOver[] = [];
  const database = { url: cluster.urlOf("cardesk_app", through), ownerUrl: cluster.urlOf("cardesk", through) };
  const own = { kills, transfers: kills * 10, destroys: kills * 3, batches: Math.ceil(kills / 5), "batch-size": 100 };
  const none = { freezes: 0, "clock-steps": 0, "disk-fills": 0, rounds: 0 };
  const argv = Object.entries({ ...own, ...none, minutes: 10 + 2 * kills }).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
  const options = readOptions([
    ...argv,
    ...(values.seed ? ["--seed", values.seed] : []),
    ...(values.keep ? ["--keep"] : []),
  ]);
  const counts = await runChaos(options, root, console.log, interrupted.signal, {
    database,
    kill: async (context, log) => {
      const done = await killPrimaries(cluster, context, log);
      failOvers.push(...done.failOvers);
      return done.kills;
    },
  });
  if (counts.failed > 0) throw new Error(`${counts.failed} checks failed (seed ${options.seed})`);
  const worst = (pick: (each: FailOver) => number) => seconds(Math.max(...failOvers.map(pick)));
  return (
    `${failOvers.length} fail-overs, 0 lost, 0 doubled (${counts.passed} checks); at most: promoted after ${worst(({ promoted }) => promoted)}, ` +
    `consoles back ${worst(({ back }) => back)} after that, without a restart; rejoined after ${worst(({ rejoined }) => rejoined)}`
  );
}
