type Address = { appUrl: string | undefined; host: string; port: number };

/** Where this console may be addressed, as `Host` and `Origin` say it. */
export type AllowedHosts = { scheme: "http" | "https"; names: ReadonlySet<string>; loopback: ReadonlySet<string> };

const WILDCARDS: readonly string[] = ["0.0.0.0", "::", ""];

/** The host of APP_URL alone; without it the address the console listens on, and this machine's own names. */
export function allowedHosts({ appUrl, host, port }: Address): AllowedHosts {
  const withPort = (name: string) => hostOf(`http://${name}:${port}`);
  const loopback = new Set(["localhost", "127.0.0.1", "[::1]"].map(withPort));
  if (appUrl) {
    const { protocol, hostname, port: given } = new URL(appUrl);
    const scheme = protocol === "https:" ? "https" : "http";
    // Some clients name the scheme's own port too.
    const explicit = `${hostname}:${given || (scheme === "https" ? "443" : "80")}`;
    return { scheme, names: new Set([hostOf(appUrl), explicit]), loopback };
  }
  const own = WILDCARDS.includes(host) ? [] : [withPort(host.includes(":") ? `[${host}]` : host)];
  return { scheme: "http", names: new Set([...loopback, ...own]), loopback };
}

/** As a browser writes it: without the scheme's own port. */
const hostOf = (url: string): string => new URL(url).host;
