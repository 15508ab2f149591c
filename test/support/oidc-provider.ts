import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** What the provider says of somebody; `sub` is who they are. */
export type Person = { sub: string; amr?: string[] } & Record<string, unknown>;

export type TestProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits at the browser: they are signed in at the provider without a question. */
  person: Person;
  /** They sign in there when somebody asks for it; false: they press "cancel". */
  agrees: boolean;
  /** The queries of the authorization requests, newest last. */
  asked: URLSearchParams[];
  close: () => Promise<void>;
};

const CLIENT = { id: "cardesk", secret: "a-secret-of-the-provider-0123456789" };

/**
 * A real provider of OpenID Connect on this machine, whose interaction page signs in `person` by itself. The redirect URIs
 * of its client are on any port of this machine. To a console at "localhost" it is another site.
 */
export async function startOidcProvider({ secret = CLIENT.secret } = {}): Promise<TestProvider> {
  let handle = (_request: IncomingMessage, response: ServerResponse): unknown => response.end();
  const server = createServer((request, response) => handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  const running: TestProvider = {
    issuer,
    clientId: CLIENT.id,
    clientSecret: secret,
    person: { sub: "nobody" },
    agrees: true,
    asked: [],
    close: () => close(server),
  };

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: secret,
        redirect_uris: CALLBACK_HOSTS.map((host) => `http://${host}/api/auth/callback/oidc`),
        grant_types: ["authorization_code"],
        response_types: ["code"],
        application_type: "native",
      },
    ],
    claims: {
      openid: ["sub", "amr"],
      profile: ["name", "preferred_username", "groups", "realm_access"],
      email: ["email"],
    },
    cookies: { keys: ["a key of the provider's cookies"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => people.get(sub) ?? { sub } }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });

  const callback = provider.callback();
  handle = async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", issuer);
    if (pathname === "/auth") running.asked.push(searchParams);
    if (!pathname.startsWith("/interaction/")) return callback(request, response);
    const { person, agrees } = running;
    people.set(person.sub, person);
    const { prompt } = await provider.interactionDetails(request, response);
    // A native client asks for consent each time.
    if (prompt.name === "consent") return provider.interactionFinished(request, response, { consent: {} });
    const result = agrees
      ? { login: { accountId: person.sub, ...(person.amr && { amr: person.amr }) } }
      : { error: "access_denied", error_description: "they would rather not" };
    return provider.interactionFinished(request, response, result);
  };
  return running;
}

/** Of a native client the provider lets the port vary. */
const CALLBACK_HOSTS = ["127.0.0.1", "localhost"];

export type LyingProvider = {
  issuer: string;
  /** The claims of the next ID token; what is missing is as it should be. */
  claims: Record<string, unknown>;
  /** Of the next token; as asked for unless a test says otherwise. */
  nonce: string;
  userInfo: Record<string, unknown>;
  close: () => Promise<void>;
};

/** What calls itself a provider, answers whatever code it is shown, and says what a test likes. */
export async function startLyingProvider(clientId: string): Promise<LyingProvider> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const tokenOf = (claims: object) => {
    const text = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
    return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
  };
  const server = createServer((request, response) => {
    const json = (body: object) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    const { issuer, claims, nonce } = running;
    const seconds = Math.floor(Date.now() / 1000);
    const path = new URL(request.url ?? "/", issuer).pathname;
    if (path === "/token") {
      const right = { iss: issuer, aud: clientId, sub: "liar", iat: seconds, exp: seconds + 300, nonce };
      const idToken = tokenOf({ ...right, ...claims });
      return json({ access_token: "an access token", token_type: "bearer", id_token: idToken });
    }
    if (path === "/me") return json({ sub: "liar", groups: ["desk-admins"], ...running.userInfo });
    return json({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const running = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    claims: {} as Record<string, unknown>,
    userInfo: {} as Record<string, unknown>,
    nonce: "",
    close: () => close(server),
  };
  return running;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

/** A browser's cookies of one site. */
class Jar {
  readonly #cookies = new Map<string, string>();
  keep(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/** The browser at the provider: it keeps the provider's cookies. */
export class ProviderBrowser {
  readonly #jar = new Jar();

  /** Go to the provider's page and follow it until it sends the browser back; returns that address. */
  async visit(page: string): Promise<URL> {
    const { origin } = new URL(page);
    let at = page;
    for (let hop = 0; hop < 10; hop++) {
      const answer = await fetch(at, { redirect: "manual", headers: { cookie: this.#jar.header } });
      this.#jar.keep(answer.headers);
      const location = answer.headers.get("location");
      if (!location) throw new Error(`the provider stops with ${answer.status}: ${await answer.text()}`);
      const next = new URL(location, at);
      if (next.origin !== origin) return next;
      at = next.href;
    }
    throw new Error("the provider leads in circles");
  }
}
