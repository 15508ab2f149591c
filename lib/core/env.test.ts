import { describe, expect, test } from "vitest";
import { EnvError, parseEnv } from "./env";

const messageOf = (source: Record<string, string>): string => {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return "accepted";
};

test("nothing set is a good configuration, and an empty value counts as unset", () => {
  expect(parseEnv({ PORT: "" })).toMatchObject({ PORT: 3000, QUIET_PERIOD_SECONDS: 600, TZ_DISPLAY: "Asia/Shanghai" });
});

test("every bad variable is named, and no value is quoted", () => {
  const message = messageOf({ PORT: "99999", AUTH_SECRET: "hunter2", LOG_LEVEL: "loud" });
  expect(message).toMatch(
    /PORT: must be at most 65535.*AUTH_SECRET: must be at least 32 characters.*LOG_LEVEL: must be one of/,
  );
  expect(message).not.toMatch(/99999|hunter2|loud/);
});

const key = (bytes: number, fill = 7): string => Buffer.alloc(bytes, fill).toString("base64");
const standIns = {
  ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
  ESPAI_API_KEY: "k",
  ESPAI_BASE_URL: "http://127.0.0.1:4000",
};

test.each<[Record<string, string>, string | RegExp]>([
  [{ ESPAI_BASE_URL: "api.espai.fun" }, "ESPAI_BASE_URL: must be an address that begins with https:// or http://"],
  [{ TALKBOT_BASE_URL: "ftp://host" }, "TALKBOT_BASE_URL: must be an address that begins with https:// or http://"],
  [{ DATABASE_URL: "mysql://host/db" }, "DATABASE_URL: must begin with postgres://"],
  [{ SYNC_INTERVAL_SECONDS: "often" }, "SYNC_INTERVAL_SECONDS: must be a whole number"],
  [{ QUIET_PERIOD_SECONDS: "1.5" }, "QUIET_PERIOD_SECONDS: must be a whole number"],
  [{ BACKUP_DIR: "/backups" }, /^BACKUP_DIR: needs BACKUP_RECIPIENT and BACKUP_SECRETS_RECIPIENT/],
  [{ BACKUP_RECIPIENT: "age1x", BACKUP_SECRETS_RECIPIENT: "age1x" }, /^BACKUP_SECRETS_RECIPIENT: must be another/],
  [{ BACKUP_RECIPIENT: "AGE-SECRET-KEY-1X" }, "BACKUP_RECIPIENT: has the wrong form"],
  [{ METRICS_TOKEN: "k".repeat(31) }, /^METRICS_TOKEN: must be at least 32 characters/],
  [{ METRICS_TOKEN: "k".repeat(40) }, "METRICS_TOKEN: is too easy to guess: use a random one"],
  [{ METRICS_TOKEN: `${"0123456789".repeat(4)} x` }, "METRICS_TOKEN: must be printable ASCII without spaces"],
  [{ METRICS_PORT: "3000" }, "METRICS_PORT: must be another than PORT"],
  [{ METRICS_PORT: "0" }, "METRICS_PORT: must be at least 1"],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }, /^OTEL_EXPORTER_OTLP_ENDPOINT: must be an address/],
  [{ ALERT_PRIVATE_HOSTS: "mail.lan:smtps" }, /^ALERT_PRIVATE_HOSTS: must be hosts, each with a port or without/],
  [{ ALERT_PRIVATE_HOSTS: "mail.lan:70000" }, /^ALERT_PRIVATE_HOSTS: must be hosts/],
  [{ ALERT_PRIVATE_HOSTS: "https://mail.lan" }, /^ALERT_PRIVATE_HOSTS: must be hosts/],
  [{ HOST: "http://0.0.0.0" }, "HOST: has the wrong form"],
  [{ DEMO_USERS: "yes" }, "DEMO_USERS: must be one of 0, 1, true, false"],
  [
    { ADMIN_USER: "no spaces here", ADMIN_PASSWORD: "from the variable" },
    /^ADMIN_USER: letters, digits and . _ @ - only/,
  ],
  [{ ADMIN_USER: "ming" }, "ADMIN_PASSWORD: ADMIN_USER and ADMIN_PASSWORD go together"],
  [{ PORT: "65536" }, "PORT: must be at most 65535"],
  [{ PORT: "-1" }, "PORT: must be at least 0"],
  [{ PORT: "3000x" }, "PORT: must be a whole number"],
  [{ APP_URL: "https://a.example/console" }, "APP_URL: must be a scheme, a host and a port, without a path"],
  [{ APP_URL: "https://u:p@a.example" }, "APP_URL: must be without a user and a password"],
  [{ DATABASE_OWNER_URL: "postgres://a/b" }, /^DATABASE_URL: needed with DATABASE_OWNER_URL/],
  [{ DATABASE_OWNER_URL: "a/b", DATABASE_URL: "postgres://a/b" }, "DATABASE_OWNER_URL: must begin with postgres://"],
  [{ SANDBOX_URL: "http://127.0.0.1:4000" }, "SANDBOX_TOKEN: SANDBOX_URL and SANDBOX_TOKEN go together"],
  [{ DEMO_USERS: "1" }, "DEMO_USERS: only with the sandbox: its users share one password"],
  [{ DEMO_USERS: "1", ...standIns, TALKBOT_API_KEY: "k" }, /^DEMO_USERS: only with the sandbox/],
  [{ APP_KEYS: `k1:${key(31)}` }, /^APP_KEYS: must be tag:key,tag:key, each key 32 random bytes or more in base64$/],
  [{ APP_KEYS: key(32) }, /^APP_KEYS: must be tag:key/],
  [{ APP_KEYS: `k1:${key(32)},` }, /^APP_KEYS: must be tag:key/],
  [{ APP_KEYS: `k1:${key(32).slice(0, -2)}` }, /^APP_KEYS: must be tag:key/],
  [{ APP_KEYS: `k1:${key(33)}A` }, /^APP_KEYS: must be tag:key/],
  [{ APP_KEYS: `k1:${"!".repeat(44)}` }, /^APP_KEYS: must be tag:key/],
  [{ APP_KEYS: `k1:${key(32, 1)},k1:${key(32, 2)}` }, "APP_KEYS: has one tag twice: each key needs its own"],
])("%j is refused with a sentence", (source, words) => {
  const message = messageOf(source);
  expect(message.startsWith("Bad configuration. ")).toBe(true);
  const sentence = message.slice("Bad configuration. ".length);
  if (words instanceof RegExp) expect(sentence).toMatch(words);
  else expect(sentence).toBe(words);
  for (const value of Object.values(source).filter((each) => each.length > 8)) expect(message).not.toContain(value);
});

test.each<Record<string, string>>([
  { APP_KEYS: `k2:${key(32, 2)},k1:${key(32, 1)}` },
  { APP_KEYS: `k1:${Buffer.alloc(32, 255).toString("base64url")}` },
  { APP_KEYS: `k1:${key(48)}` },
  { APP_URL: "https://cardesk.example:8443/" },
  { DEMO_USERS: "1", SANDBOX_URL: "http://127.0.0.1:4000", SANDBOX_TOKEN: "t" },
  { DEMO_USERS: "1", ...standIns },
  { DATABASE_URL: "postgres://app@db/cardesk", DATABASE_OWNER_URL: "postgres://owner@db/cardesk" },
])("%j is accepted", (source) => {
  expect(messageOf(source)).toBe("accepted");
});

describe("an upstream's address", () => {
  const message = (ESPAI_BASE_URL: string, more = {}) => messageOf({ ESPAI_BASE_URL, ...more });

  test.each([
    "https://10.0.0.1",
    "https://172.31.255.255",
    "https://192.168.1.1:8443",
    "https://169.254.169.254/latest",
    "https://100.64.0.1",
    "https://0.0.0.0",
    "https://[fe80::1]",
    "https://[fd00::1]",
    "https://[::ffff:10.0.0.1]",
    // 10.0.0.1 as one number: the browser's way of writing addresses knows it.
    "https://167772161",
  ])("%s is private, whatever is allowed", (url) => {
    const refused = "Bad configuration. ESPAI_BASE_URL: must not be a private or link-local address";
    expect(message(url)).toBe(refused);
    expect(message(url, { ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1" })).toBe(refused);
  });

  test.each([
    "https://localhost",
    "http://127.0.0.1:4000",
    "http://[::1]:4000",
    "https://x.localhost",
    "http://[::ffff:127.0.0.1]",
  ])("%s is this machine, for stand-ins only", (url) => {
    expect(message(url)).toMatch(/ESPAI_BASE_URL: is on this machine: only with ALLOW_INSECURE_LOOPBACK_UPSTREAMS/);
    expect(message(url, { ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1" })).toBe("accepted");
  });

  test("carries no user, and is https", () => {
    expect(message("https://user:secret@api.espai.fun")).toMatch(/ESPAI_BASE_URL: must be without a user/);
    expect(message("http://api.espai.fun")).toMatch(/ESPAI_BASE_URL: must begin with https:/);
    expect(message("http://api.espai.fun", { ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1" })).toMatch(
      /must begin with https/,
    );
    expect(message("https://1.1.1.1")).toBe("accepted");
  });
});

describe("the time zone", () => {
  test.each(["Asia/Shanghai", "UTC", "America/New_York"])("%s is one", (TZ_DISPLAY) => {
    expect(parseEnv({ TZ_DISPLAY }).TZ_DISPLAY).toBe(TZ_DISPLAY);
  });

  test.each(["Nowhere/City", "+08:00", "8"])("%s is none and stops the start", (TZ_DISPLAY) => {
    expect(messageOf({ TZ_DISPLAY })).toMatch(/TZ_DISPLAY: is not a time zone/);
  });
});

describe("a quiet period under a minute", () => {
  const short = { QUIET_PERIOD_SECONDS: "59" };

  test("is refused with an upstream elsewhere", () => {
    expect(messageOf({ ...short, ESPAI_API_KEY: "k" })).toMatch(/QUIET_PERIOD_SECONDS: must be at least 60/);
    const potato = { POTATO_ASK_KEY: "k", POTATO_BASE_URL: "https://127.0.0.1.example.org" };
    expect(messageOf({ ...short, ...potato })).toMatch(/QUIET_PERIOD_SECONDS/);
  });

  test.each(["http://localhost:4000", "http://127.0.0.1:4000", "http://[::1]:4000"])("is allowed with %s", (url) => {
    const standIn = { ESPAI_API_KEY: "k", ESPAI_BASE_URL: url, ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1" };
    expect(parseEnv({ ...short, ...standIn }).QUIET_PERIOD_SECONDS).toBe(59);
  });

  test("is allowed while no upstream is configured", () => {
    expect(parseEnv(short).QUIET_PERIOD_SECONDS).toBe(59);
  });
});

describe("single sign-on", () => {
  const provider = {
    OIDC_ISSUER: "https://id.example.com/realms/desk",
    OIDC_CLIENT_ID: "cardesk",
    OIDC_CLIENT_SECRET: "a secret of the provider",
  };

  test("is off without an issuer, and needs its client with one", () => {
    expect(parseEnv({}).OIDC_ISSUER).toBeUndefined();
    expect(parseEnv(provider)).toMatchObject({ OIDC_SCOPES: "openid profile email", OIDC_ROLE_CLAIM: "groups" });
    expect(messageOf({ ...provider, OIDC_CLIENT_SECRET: "" })).toBe(
      "Bad configuration. OIDC_CLIENT_SECRET: needed with OIDC_ISSUER",
    );
    expect(messageOf({ ...provider, OIDC_ISSUER: "" })).toMatch(/OIDC_ISSUER: needed with OIDC_CLIENT_ID/);
    expect(messageOf({ OIDC_ROLES: "a=admin" })).toMatch(/OIDC_ISSUER: needed with OIDC_ROLES/);
  });

  test.each([
    ["http://id.example.com", /OIDC_ISSUER: must begin with https/],
    ["http://127.0.0.1:4000", /OIDC_ISSUER: is on this machine/],
    ["https://10.0.0.1", /OIDC_ISSUER: must not be a private/],
    ["https://user:pass@id.example.com", /OIDC_ISSUER: must be without a user/],
    ["https://id.example.com/?tenant=1", /OIDC_ISSUER: must be without a query/],
  ])("%s is no issuer", (OIDC_ISSUER, message) => {
    expect(messageOf({ ...provider, OIDC_ISSUER })).toMatch(message);
  });

  test("is on this machine for stand-ins only", () => {
    const standIn = { ...provider, OIDC_ISSUER: "http://127.0.0.1:4000", ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1" };
    expect(parseEnv(standIn).OIDC_ISSUER).toBe("http://127.0.0.1:4000");
  });

  test.each([
    ["ops=operator", [{ value: "ops", role: "operator" }]],
    [
      " a b = admin , c=support",
      [
        { value: "a b", role: "admin" },
        { value: "c", role: "support" },
      ],
    ],
    [
      "CN=ops,OU=x=operator,y=admin",
      [
        { value: "CN=ops,OU=x", role: "operator" },
        { value: "y", role: "admin" },
      ],
    ],
  ])("roles by claim: %s", (OIDC_ROLES, roles) => {
    expect(parseEnv({ ...provider, OIDC_ROLES }).OIDC_ROLES).toEqual(roles);
  });

  test.each(["ops", "ops=owner", "=admin", "a=admin,b", "a=admin,a=support"])(
    "no roles by claim: %s, and the start says so without repeating it",
    (OIDC_ROLES) => {
      expect(messageOf({ ...provider, OIDC_ROLES })).toBe(
        "Bad configuration. OIDC_ROLES: must be value=role,value=role, each value once; support, operator, admin",
      );
    },
  );

  test("scopes have openid; no secret is in a complaint", () => {
    expect(messageOf({ ...provider, OIDC_SCOPES: "profile" })).toMatch(/OIDC_SCOPES: must have openid/);
    const all = messageOf({ ...provider, OIDC_ISSUER: "http://x", OIDC_SCOPES: "y", OIDC_NAME: "z".repeat(41) });
    expect(all).not.toContain(provider.OIDC_CLIENT_SECRET);
  });
});
