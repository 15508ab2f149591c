/**
 * `node deploy/try/proxy.ts [--other FOLDER [--builds-alone]]`: nginx and HAProxy with the files of deploy/, in front of two and three consoles of the production
 * build on one PostgreSQL, without sticky sessions: sessions, rolling restarts under load, and (with a folder that has another
 * build of this version) two builds side by side.
 */
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openTransfer } from "../../bench/open-transfer.ts";
import { buildConsole } from "../../server/build/build-console.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import { readActionManifest } from "../../test/support/action-manifest.ts";
import { findProgram } from "../../test/support/find-program.ts";
import { signIn } from "../../test/support/http-client.ts";
import { askDirectly, type Fleet, type Member, openFleet } from "./proxy/fleet.ts";
import { doubledWrites, startLoad } from "./proxy/load.ts";
import { PROXIES, type ProxyKind } from "./proxy/proxies.ts";
import { openTlsClient } from "./proxy/tls-client.ts";
import { buildIdOf, countsOf, ownCode, sharedActions, statusesOf } from "./proxy/two-builds.ts";
import { installPrograms } from "./support/programs.ts";
import { openReport } from "./support/report.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({ options: { other: { type: "string" }, "builds-alone": { type: "boolean" } } });

const report = openReport("proxy");
/** How to end the proxies that run right now: they would outlive an interrupted trial. */
const running = new Set<() => Promise<void>>();

async function main(): Promise<void> {
  const missing = installPrograms({ nginx: "nginx", haproxy: "haproxy", openssl: "openssl" });
  const openssl = findProgram("openssl");
  if (!openssl || process.platform !== "linux") return report.skip("all of it", missing ?? "this is not Linux");
  await buildConsole(root, console.log);
  const fleet = await openFleet(openssl);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, async () => {
      for (const stop of [...running]) await stop();
      await fleet.close({ keep: false });
      process.exit(1);
    });
  try {
    const there = PROXIES.filter(({ name, program }) => {
      if (findProgram(program)) return true;
      report.skip(name, missing ?? `${program} is not installed`);
      return false;
    });
    await report.step("two consoles start on one PostgreSQL", async () => {
      for (let n = 0; n < 2; n++) await fleet.add(root);
      return fleet.members.map(({ port }) => `port ${port}`).join(", ");
    });
    for (const proxy of there) await behind(proxy, fleet);
    await report.step("a third console joins", async () => void (await fleet.add(root)));
    for (const proxy of there) await behind(proxy, fleet);
    const [proxy] = there;
    if (!values.other) report.skip("two builds side by side", "no --other FOLDER with a second build");
    else if (proxy) await twoBuilds(proxy, fleet, { other: resolve(values.other), all: there });
    await report.step("nothing was unhandled in any console's log", async () => {
      const errors = fleet.unhandled();
      if (errors.length > 0) throw new Error(errors.join("; "));
      return undefined;
    });
  } catch (error) {
    await report.step("the whole trial", () => Promise.reject(error));
  } finally {
    const keep = process.exitCode === 1;
    if (keep) console.log(fleet.logTails());
    await fleet.close({ keep });
  }
}

/** One proxy in front of all consoles that run: a session at each, and a rolling restart. */
async function behind(proxy: ProxyKind, fleet: Fleet): Promise<void> {
  const where = `${proxy.name}, ${fleet.members.length} consoles`;
  if (values["builds-alone"]) return report.skip(where, "--builds-alone");
  const stop = await startProxy(proxy, fleet, fleet.members, where);
  const manifest = readActionManifest(root);
  try {
    await report.step(`${where}: a session begun through the proxy works at every console`, async () => {
      const client = openTlsClient(fleet.url, fleet.ca);
      const cookie = await signIn(client, manifest, { username: "support", password: fleet.password });
      const statuses = await Promise.all(
        fleet.members.map((member) => askDirectly(member, "/cards", { host: new URL(fleet.url).host, cookie })),
      );
      client.close();
      if (statuses.some((status) => status !== 200)) throw new Error(`HTTP ${statuses.join(", ")}`);
      return `${statuses.length} of ${statuses.length}`;
    });
    await report.step(
      `${where}: a rolling restart under load, 0 failed reads and 0 failed or doubled writes`,
      async () => {
        const load = await startLoad(fleet, manifest);
        try {
          await sleep(3_000);
          for (const member of fleet.members) await restart(member, proxy);
          await sleep(2_000);
        } finally {
          await load.stop();
        }
        const failed = [...load.failed].map(([what, n]) => `${n} × ${what}`);
        const said = `${load.reads} reads and ${load.transfers} transfers were answered`;
        if (failed.length > 0) throw new Error(`${said}; ${failed.join(", ")}`);
        await untilDone(fleet);
        return `${said}; ${await doubledWrites(fleet)}`;
      },
    );
  } finally {
    await stop();
  }
}

/** Both proxies' files are given all ports of the folder; sessions stay where they are: in the database. */
async function startProxy(proxy: ProxyKind, fleet: Fleet, members: readonly Member[], name: string) {
  const program = findProgram(proxy.program) ?? proxy.program;
  const folder = fleet.proxyFolder(name.replaceAll(/\W+/g, "-"));
  const started = await proxy.start(program, { folder, ...fleet.ports, consoles: members.map(({ port }) => port) });
  const stop = async () => {
    running.delete(stop);
    await started.stop();
  };
  running.add(stop);
  // HAProxy sends nothing to a console before its first checks.
  await sleep(proxy.noticesAfterMs);
  return stop;
}

/** SIGTERM, and start again; the next one's turn is when the proxy has noticed that this one is back. */
async function restart({ console }: Member, { noticesAfterMs }: ProxyKind): Promise<void> {
  if (!(await console.stop())) throw new Error(`${console.name} did not end within a minute of SIGTERM`);
  await console.start();
  await sleep(noticesAfterMs);
}

async function untilDone({ db }: Fleet): Promise<void> {
  await waitUntil(
    async () => {
      const open = `select ((select count(*) from operation where state in ('intent', 'sent', 'unknown'))
      + (select count(*) from batch where state = 'generating'))::int as n`;
      return ((await db.rows<{ n: number }>(open)) ?? [])[0]?.n === 0;
    },
    120_000,
    500,
  );
}

/** A console of each build behind one address, then the new one alone, with a tab that was opened before. */
async function twoBuilds(
  proxy: ProxyKind,
  fleet: Fleet,
  { other, all }: { other: string; all: readonly ProxyKind[] },
): Promise<void> {
  const [ours, theirs] = [readActionManifest(root), readActionManifest(other)];
  await report.step("two builds name no action alike, and have a build id each", async () => {
    const alike = sharedActions(ours, theirs);
    if (alike.length > 0 || buildIdOf(root) === buildIdOf(other)) throw new Error(alike.join(", ") || "one build id");
    return `${buildIdOf(root)}, ${buildIdOf(other)}`;
  });
  const [old] = fleet.members;
  if (!old) throw new Error("no console runs");
  const next = await fleet.add(other);
  const [oldCode, newCode] = [ownCode(root, other), ownCode(other, root)];
  const client = openTlsClient(fleet.url, fleet.ca);
  for (const each of all) {
    const stop = await startProxy(each, fleet, [old, next], `${each.name}, two builds`);
    try {
      await report.step(
        `${each.name}, a console of each build: the code of both builds comes, whichever is asked`,
        async () => {
          const statuses = await statusesOf(client, [...oldCode, ...newCode], 6);
          if (statuses.size !== 1 || !statuses.has(200)) throw new Error(countsOf(statuses));
          return `${oldCode.length} and ${newCode.length} files that only one has, ${countsOf(statuses)}`;
        },
      );
      await report.step(
        `${each.name}, a console of each build: an action is done by its own build, or refused with nothing done`,
        async () => {
          const counts = new Map<string, number>();
          // Twice each, because the consoles take turns.
          for (let turn = 0; turn < 20; turn++) {
            const { path, id } = turn % 4 < 2 ? ours("login.signInAction") : theirs("login.signInAction");
            const answer = await client.send(
              "POST",
              path,
              JSON.stringify([{ username: "nobody", password: "wrong password" }]),
              {
                ...actionHeaders(id),
                origin: fleet.url,
              },
            );
            const said = `${answer.status}${answer.headers["x-nextjs-action-not-found"] ? " reload" : ""}`;
            counts.set(said, (counts.get(said) ?? 0) + 1);
          }
          const said = [...counts].map(([what, n]) => `${n} × ${what}`).join(", ");
          if (counts.size !== 2 || !counts.has("200") || !counts.has("404 reload")) throw new Error(said);
          return said;
        },
      );
    } finally {
      await stop();
    }
  }
  const both = await startProxy(proxy, fleet, [old], "the old build");
  const operator = openTlsClient(fleet.url, fleet.ca);
  await signIn(operator, ours, { username: "operator", password: fleet.password });
  const transfer = await openTransfer(operator, { manifest: ours, cards: 200 });
  const operationId = await transfer.preview();
  await both();
  const stop = await startProxy(proxy, fleet, [next], "the new build");
  try {
    await report.step("an old tab confirms at the new build: it is told to reload, and nothing was sent", async () => {
      const sent = fleet.sandbox.store.journal.length;
      const { path, id } = ours("operations.confirmTransferAction");
      const answer = await operator.send("POST", path, JSON.stringify([{ operationId }]), {
        ...actionHeaders(id),
        origin: fleet.url,
      });
      const state = await fleet.db.rows<{ state: string }>("select state::text from operation where id = $1", [
        operationId,
      ]);
      const said = `HTTP ${answer.status}, x-nextjs-action-not-found ${answer.headers["x-nextjs-action-not-found"]}, operation ${state?.[0]?.state}`;
      const told = answer.status === 404 && answer.headers["x-nextjs-action-not-found"] === "1";
      if (!told || state?.[0]?.state !== "draft" || fleet.sandbox.store.journal.length !== sent) throw new Error(said);
      return said;
    });
    await report.step("a page it goes to names the new build, so that it is loaded whole", async () => {
      const rsc = { rsc: "1" };
      const first = await operator.send("GET", "/operations", "", rsc);
      // Next sends the request on to the address with the hash of its headers.
      const { status, text } =
        first.status === 307 ? await operator.send("GET", `${first.headers.location}`, "", rsc) : first;
      if (status !== 200 || !text.includes(buildIdOf(other))) throw new Error(`HTTP ${status}, without the build's id`);
      return undefined;
    });
    await report.step(
      "its session goes on, and code of the old build is answered 404, which the page takes for a new version",
      async () => {
        const page = await operator.get("/cards");
        const statuses = await statusesOf(operator, oldCode, 1);
        if (page.status !== 200 || statuses.size !== 1 || !statuses.has(404))
          throw new Error(`${page.status}; ${countsOf(statuses)}`);
        return `page ${page.status}, code ${countsOf(statuses)}`;
      },
    );
  } finally {
    await stop();
    client.close();
    operator.close();
  }
}

const actionHeaders = (id: string) => ({
  "next-action": id,
  accept: "text/x-component",
  "content-type": "text/plain;charset=UTF-8",
});

await main();
report.end();
