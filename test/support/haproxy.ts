import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { waitUntil } from "../../server/process/wait-until.ts";

const LOOPBACK = "127.0.0.1";
const SERVERS = "    server a 127.0.0.1:3000\n    server b 127.0.0.1:3001";

type Site = {
  http: number;
  https: number;
  consoles: readonly number[];
  /** As the consoles know their address (APP_URL). */
  host: string;
};

/** deploy/haproxy.cfg with other ports and files, in one process that stays in the foreground. The certificate is in the folder. */
export async function startHaproxy(
  haproxy: string,
  folder: string,
  { http, https, consoles, host }: Site,
): Promise<{ stop: () => Promise<void> }> {
  const pem = join(folder, "cardesk.pem");
  const parts = ["fullchain.pem", "privkey.pem"].map((name) => readFileSync(join(folder, name), "utf8"));
  writeFileSync(pem, parts.join(""), { mode: 0o600 });
  const shipped = readFileSync(fileURLToPath(new URL("../../deploy/haproxy.cfg", import.meta.url)), "utf8");
  const config = [
    [SERVERS, consoles.map((port, i) => `    server c${i} ${LOOPBACK}:${port}`).join("\n")],
    ["bind :80\n", `bind ${LOOPBACK}:${http}\n`],
    ["bind :443 ", `bind ${LOOPBACK}:${https} `],
    ["crt /etc/ssl/cardesk/cardesk.pem", `crt ${pem}`],
    ["hdr Host cardesk.example", `hdr Host ${host}`],
  ].reduce((text, [from = "", to = ""]) => {
    if (!text.includes(from)) throw new Error(`deploy/haproxy.cfg has no "${from}"`);
    return text.replaceAll(from, to);
  }, shipped);
  const file = join(folder, "haproxy.cfg");
  writeFileSync(file, config);
  const said: string[] = [];
  const child = spawn(haproxy, ["-db", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(child, "exit");
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  await waitUntil(async () => gone() || (await isListening(https)), 30_000, 50);
  if (gone()) throw new Error(`HAProxy did not start:\n${said.join("")}`);
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
