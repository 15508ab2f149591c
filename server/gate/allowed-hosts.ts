type Address = { appUrl: string | undefined; host: string; port: number };

/** Where this console may be addressed, as `Host` and `Origin` say it. */
export type AllowedHosts = { scheme: "http" | "https"; names: ReadonlySet<string>; loopback: ReadonlySet<string> };

const WILDCARDS: readonly string[] = ["0.0.0.0", "::", ""];

/** The host of APP_URL alone; without it the address the console listens on, and this machine's own names. */
export function allowedHosts({ appUrl, host, port }: Address): AllowedHosts {
  const loopback = new Set(["localhost", "127.0.0.1", "[::1]"].map((name) => withPort(name, port, "http")));
  if (appUrl) {
    const { protocol, host: name } = new URL(appUrl);
    const scheme = protocol === "https:" ? "https" : "http";
    return { scheme, names: new Set([name, `${new URL(appUrl).hostname}:${portOf(appUrl)}`]), loopback };
  }
  const own = WILDCARDS.includes(host) ? [] : [withPort(host.includes(":") ? `[${host}]` : host, port, "http")];
  return { scheme: "http", names: new Set([...loopback, ...own]), loopback };
}

const portOf = (url: string): string => {
  const { port, protocol } = new URL(url);
  return port || (protocol === "https:" ? "443" : "80");
};

/** As a browser writes it: without the scheme's own port. */
const withPort = (name: string, port: number, scheme: "http"): string => new URL(`${scheme}://${name}:${port}`).host;
