import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { waitUntil } from "../../../server/process/wait-until.ts";
import { isListening } from "./is-listening.ts";
import type { StartProxy } from "./proxies.ts";

/** deploy/haproxy.cfg with other ports and files, in one process that stays in the foreground. The certificate is in the folder. */
export const startHaproxy: StartProxy = async (program, { folder, http, https, consoles }) => {
  const pem = join(folder, "cardesk.pem");
  const parts = ["fullchain.pem", "privkey.pem"].map((name) => readFileSync(join(folder, name), "utf8"));
  writeFileSync(pem, parts.join(""), { mode: 0o600 });
  const servers = consoles.map((port, i) => `    server c${i} 127.0.0.1:${port}`).join("\n");
  const shipped = readFileSync(fileURLToPath(new URL("../../haproxy.cfg", import.meta.url)), "utf8");
  const config = shipped
    .replaceAll("    server a 127.0.0.1:3000\n    server b 127.0.0.1:3001", servers)
    .replace("bind :80", `bind 127.0.0.1:${http}`)
    .replace("bind :443", `bind 127.0.0.1:${https}`)
    .replace("/etc/ssl/cardesk/cardesk.pem", pem)
    .replaceAll("hdr Host cardesk.example", `hdr Host cardesk.example:${https}`);
  if (config.includes(":3000") || config.includes("/etc/ssl")) throw new Error("deploy/haproxy.cfg has another form");
  const file = join(folder, "haproxy.cfg");
  writeFileSync(file, config);
  const said: string[] = [];
  const child = spawn(program, ["-db", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(child, "exit");
  const gone = () => child.exitCode !== null;
  if (!(await waitUntil(async () => gone() || (await isListening(https)), 30_000, 100)) || gone())
    throw new Error(`HAProxy did not start: ${said.join("")}`);
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
};
