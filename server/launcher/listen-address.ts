import { addressList, LOOPBACK } from "../gate/address-list.ts";
import { ConfigurationError } from "../process/launch-error.ts";

type Asked = { host: string | undefined; appUrl: string | undefined; allowPlainHttp: boolean };

const loopback = addressList(LOOPBACK);

/**
 * The address to listen on: this machine only, unless HOST says otherwise. What others can reach must have an https
 * APP_URL (a reverse proxy in front), or ALLOW_PLAIN_HTTP=1 and an http one. Throws {@link ConfigurationError}.
 */
export function listenAddress({ host = "127.0.0.1", appUrl, allowPlainHttp }: Asked): string {
  if (host === "localhost" || loopback.has(host)) return host;
  const scheme = appUrl && new URL(appUrl).protocol;
  if (scheme === "https:" || (scheme === "http:" && allowPlainHttp)) return host;
  throw new ConfigurationError(
    "HOST lets other machines in: set APP_URL to the https address they use, or to an http one with ALLOW_PLAIN_HTTP=1.",
  );
}
