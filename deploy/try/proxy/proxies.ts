import { startHaproxy } from "../../../test/support/haproxy.ts";
import { PROXY_HOST, startNginx } from "../../../test/support/nginx.ts";

export type Site = { folder: string; http: number; https: number; consoles: readonly number[] };
export type RunningProxy = { stop: () => Promise<void> };

export type ProxyKind = {
  name: string;
  /** The program, and Debian's package of it. */
  program: string;
  start: (program: string, site: Site) => Promise<RunningProxy>;
  /** How long after a console is healthy until the proxy sends to it again, with some room. */
  noticesAfterMs: number;
};

export const PROXIES: readonly ProxyKind[] = [
  {
    name: "nginx",
    program: "nginx",
    start: (program, { folder, http, https, consoles }) =>
      startNginx(program, folder, { http, https, console: consoles }),
    noticesAfterMs: 7_000,
  },
  {
    name: "HAProxy",
    program: "haproxy",
    start: (program, { folder, ...site }) =>
      startHaproxy(program, folder, { ...site, host: `${PROXY_HOST}:${site.https}` }),
    noticesAfterMs: 8_000,
  },
];
