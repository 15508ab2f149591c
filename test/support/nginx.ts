import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findProgram } from "./find-program.ts";

/** The name in deploy/nginx.conf. */
export const PROXY_HOST = "cardesk.example";
const LOOPBACK = "127.0.0.1";

/** Where nginx and openssl are, or why nothing can be tried behind nginx here. */
export type ProxyTools = { nginx: string; openssl: string } | { missing: string };

export function findProxyTools(): ProxyTools {
  if (process.platform !== "linux") return { missing: "This is not Linux" };
  const [nginx, openssl] = [findProgram("nginx"), findProgram("openssl")];
  if (!nginx) return { missing: "nginx is not installed" };
  return openssl ? { nginx, openssl } : { missing: "openssl is not installed" };
}

/** A certificate of {@link PROXY_HOST} that nobody signed, as two files in the folder. */
export function selfSigned(openssl: string, folder: string): Buffer {
  const certificate = join(folder, "fullchain.pem");
  const key = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    join(folder, "privkey.pem"),
  ];
  const subject = ["-subj", `/CN=${PROXY_HOST}`, "-addext", `subjectAltName=DNS:${PROXY_HOST}`, "-days", "3650"];
  execFileSync(openssl, ["req", "-x509", ...key, ...subject, "-out", certificate], { stdio: "pipe" });
  return readFileSync(certificate);
}

export type Nginx = { stop: () => Promise<void> };
type Ports = { http: number; https: number; console: number | readonly number[] };

/** deploy/nginx.conf with other ports and files, in one unprivileged process that stays in the foreground. The certificate is in the folder. */
export async function startNginx(nginx: string, folder: string, { http, https, console }: Ports): Promise<Nginx> {
  const site = readFileSync(fileURLToPath(new URL("../../deploy/nginx.conf", import.meta.url)), "utf8");
  const changed = [
    [
      "server 127.0.0.1:3000 ",
      [console]
        .flat()
        .map((port) => `server ${LOOPBACK}:${port} `)
        .join("max_fails=1 fail_timeout=5s;\n"),
    ],
    ["listen 80;", `listen ${LOOPBACK}:${http};`],
    ["listen 443 ssl http2;", `listen ${LOOPBACK}:${https} ssl http2;`],
    ["/etc/ssl/cardesk/fullchain.pem", join(folder, "fullchain.pem")],
    ["/etc/ssl/cardesk/privkey.pem", join(folder, "privkey.pem")],
  ].reduce((text, [from = "", to = ""]) => replaceOnce(text, from, to), site);
  writeFileSync(join(folder, "site.conf"), changed);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  for (const name of temporary) mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, "main.conf"),
    [
      "daemon off; master_process off; error_log stderr notice;",
      `pid ${join(folder, "nginx.pid")};`,
      "events {}",
      "http {",
      "access_log off;",
      ...temporary.map((name) => `${name}_temp_path ${join(folder, name)};`),
      `include ${join(folder, "site.conf")};`,
      "}",
    ].join("\n"),
  );
  const child = spawn(nginx, ["-p", folder, "-c", join(folder, "main.conf"), "-e", "stderr"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  await listening(child);
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`deploy/nginx.conf has "${from}" ${parts.length - 1} times`);
  return parts.join(to);
}

/** nginx names its event method when its sockets are open. */
function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    if (!child.stderr) throw new Error("nginx has no output");
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      if (line.includes("event method")) resolve();
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`nginx did not start:\n${lines.join("\n")}`)));
  });
}
