import "server-only";
import { z } from "zod";
import { readAllowedHost } from "./allowed-hosts.ts";
import { areKeyMaterial, areTagsDistinct } from "./app-key-text.ts";
import { hasNoQuery, hasUserInfo, isLoopbackHost, isOrigin, isPrivateHost } from "./base-url.ts";
import { ROLES, type Role } from "./roles.ts";
import { sharedSlot } from "./shared-slot.ts";
import { USERNAME } from "./username.ts";

const text = z.string().trim().min(1);
const seconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const flag = z
  .enum(["0", "1", "true", "false", ""])
  .default("")
  .transform((value) => value === "1" || value === "true");
const timeZone = text.refine(isTimeZone, { error: "is not a time zone; a known one is Asia/Shanghai" });
const httpUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => !hasUserInfo(url), { error: "must be without a user and a password" });
const upstreamUrl = (fallback: string) => httpUrl.default(fallback);
const hostList = z
  .string()
  .default("")
  .transform((given, context) =>
    given.split(",").flatMap((entry) => {
      if (entry.trim() === "") return [];
      const host = readAllowedHost(entry);
      if (!host) context.addIssue({ code: "custom", message: "must be hosts, each with a port or without, by commas" });
      return host ?? [];
    }),
  );
const ageRecipient = text.regex(/^age1[a-z0-9]+$/);
const postgresUrl = text.refine((url) => /^postgres(ql)?:\/\/|^\//.test(url), { error: "must begin with postgres://" });

/**
 * With a shorter quiet period a slow upstream's transfer would count as "not applied" and be offered again
 * (docs/decisions/reconciliation.md).
 */
const SHORTEST_QUIET_SECONDS = 60;

/** `claim value=role` by commas; a value may itself hold commas and equal signs, as a directory's names do. */
const roleMapping = text.transform((given, problems) => {
  const entry = new RegExp(`\\s*(\\S.*?)\\s*=\\s*(${ROLES.join("|")})\\s*(?:,|$)`, "gy");
  const entries = [...given.matchAll(entry)].map(([whole, value = "", role]) => ({ whole, value, role: role as Role }));
  const isWhole = entries.reduce((length, { whole }) => length + whole.length, 0) === given.length;
  if (isWhole && new Set(entries.map(({ value }) => value)).size === entries.length)
    return entries.map(({ value, role }) => ({ value, role }));
  problems.addIssue({ code: "custom", message: `must be value=role,value=role, each value once; ${ROLES.join(", ")}` });
  return z.NEVER;
});

/** Every variable Cardesk reads, with its default. Names and meanings: README, "Configuration". */
const schema = z.object({
  NODE_ENV: z.string().default("development"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  APP_URL: httpUrl.refine(isOrigin, { error: "must be a scheme, a host and a port, without a path" }).optional(),
  /** Serve other machines without https. */
  ALLOW_PLAIN_HTTP: flag,
  DATA_DIR: text.default(".data"),
  /** Set by the launcher: the folder of the PostgreSQL it started. Without it the database's disk can't be seen. */
  DATABASE_FOLDER: text.optional(),
  /** With less free on the database's disk, MiB, nothing new is sent. */
  DISK_RESERVE_MB: z.coerce.number().int().min(0).max(1_000_000).default(500),
  /** The address the launcher listens on. */
  HOST: text.regex(/^[\w.:%[\]-]+$/).optional(),
  DATABASE_URL: postgresUrl.optional(),
  /** Read by the launcher only: the role that owns the tables, for migrations. */
  DATABASE_OWNER_URL: postgresUrl.optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  APP_KEYS: text
    .refine(areKeyMaterial, { error: "must be tag:key,tag:key, each key 32 random bytes or more in base64" })
    .refine(areTagsDistinct, { error: "has one tag twice: each key needs its own" })
    .optional(),
  /** Read by the launcher only: tags of keys that are gone for good, so that it starts without them. */
  LOST_APP_KEYS: text.regex(/^[\w-]+(,[\w-]+)*$/).optional(),
  /** Read by the launcher only: where backups go by themselves, how often, how many stay. */
  BACKUP_DIR: text.optional(),
  BACKUP_EVERY_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1_000).default(14),
  /** Whom backups are encrypted for: their rows, and the secrets beside them. */
  BACKUP_RECIPIENT: ageRecipient.optional(),
  BACKUP_SECRETS_RECIPIENT: ageRecipient.optional(),
  ADMIN_USER: text
    .min(2)
    .max(64)
    .refine((name) => USERNAME.test(name), { error: "letters, digits and . _ @ - only, a letter or a digit first" })
    .optional(),
  ADMIN_PASSWORD: z.string().min(8).max(256).optional(),
  /** Demo only: also create the users "support" and "operator" with the admin's password. */
  DEMO_USERS: flag,
  /** Addresses and CIDR ranges of the reverse proxies whose x-forwarded-* count; server/gate reads and checks it. */
  TRUST_PROXY: z.string().default(""),
  /** Asked to stop, a console behind a proxy serves on for so long and tells the proxy; server/launcher/console-server.ts reads it. */
  DRAIN_SECONDS: seconds(0, 0, 300),
  /** Whether users have a second factor: off hides it, required asks it of everybody. */
  SECOND_FACTOR: z.enum(["off", "optional", "required"]).default("optional"),
  /** Single sign-on by a provider that is found by OpenID Connect discovery; off without it. */
  OIDC_ISSUER: httpUrl.refine(hasNoQuery, { error: "must be without a query and a fragment" }).optional(),
  OIDC_CLIENT_ID: text.max(256).optional(),
  OIDC_CLIENT_SECRET: text.max(1024).optional(),
  /** On the button of the sign-in page. */
  OIDC_NAME: text.max(40).optional(),
  OIDC_SCOPES: text
    .max(512)
    .refine((scopes) => scopes.split(/\s+/).includes("openid"), { error: "must have openid" })
    .default("openid profile email"),
  /** The claim that OIDC_ROLES maps, as `groups` or `realm_access.roles`. */
  OIDC_ROLE_CLAIM: text.max(256).default("groups"),
  OIDC_ROLES: roleMapping.optional(),
  /** Hosts alerts may be sent to although they are private or speak http: a mail server of one's own, as host:port. By commas. */
  ALERT_PRIVATE_HOSTS: hostList,
  ESPAI_BASE_URL: upstreamUrl("https://api.espai.fun"),
  ESPAI_API_KEY: text.optional(),
  POTATO_BASE_URL: upstreamUrl("https://api.potatocloud.cn"),
  POTATO_ASK_KEY: text.optional(),
  POTATO_USER_TOKEN: text.optional(),
  POTATO_SIGN: z.enum(["none", "v1", "v3"]).default("none"),
  POTATO_SIGN_SECRET: text.optional(),
  TALKBOT_BASE_URL: upstreamUrl("https://api.hellogptworld.com"),
  TALKBOT_API_KEY: text.optional(),
  ALLOW_INSECURE_LOOPBACK_UPSTREAMS: flag,
  SYNC_INTERVAL_SECONDS: seconds(300, 1, 86_400),
  BILLING_INTERVAL_SECONDS: seconds(60, 1, 86_400),
  QUIET_PERIOD_SECONDS: seconds(600, 1, 86_400),
  /** Deadline of a whole upstream read, ms. */
  UPSTREAM_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(20_000),
  /** Deadline of a whole upstream write, ms. */
  UPSTREAM_WRITE_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(30_000),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  DEFAULT_LOCALE: z.enum(["zh-CN", "en"]).default("zh-CN"),
  TZ_DISPLAY: timeZone.default("Asia/Shanghai"),
  /** What a scraper shows to read the metrics: `Authorization: Bearer`. */
  METRICS_TOKEN: z
    .string()
    .min(32)
    .refine((token) => /^[\x21-\x7e]+$/.test(token), { error: "must be printable ASCII without spaces" })
    .refine((token) => new Set(token).size >= 10, { error: "is too easy to guess: use a random one" })
    .optional(),
  /** The metrics on 127.0.0.1, without a token. */
  METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  /** OpenTelemetry's own: where traces go. Its other variables are read by its libraries. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_SDK_DISABLED: flag,
  /** Set by the launcher in the demo: where the sandbox listens. Its presence makes the console say "sandbox". */
  SANDBOX_URL: z.url().optional(),
  /** The token of the sandbox's admin API; set with SANDBOX_URL. */
  SANDBOX_TOKEN: text.optional(),
});

const baseUrls = ["ESPAI_BASE_URL", "POTATO_BASE_URL", "TALKBOT_BASE_URL", "OIDC_ISSUER"] as const;
/** What single sign-on can't be without, and what is nothing without it. */
const oidcNeeds = ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;
const oidcOnly = [...oidcNeeds, "OIDC_NAME", "OIDC_ROLES"] as const;

const checked = schema
  .superRefine((e, problems) => {
    for (const name of baseUrls) {
      const url = e[name];
      const message = url && baseUrlProblem(url, e.ALLOW_INSECURE_LOOPBACK_UPSTREAMS);
      if (message) problems.addIssue({ code: "custom", path: [name], message });
    }
    for (const name of e.OIDC_ISSUER ? oidcNeeds : []) {
      if (!e[name]) problems.addIssue({ code: "custom", path: [name], message: "needed with OIDC_ISSUER" });
    }
    for (const name of e.OIDC_ISSUER ? [] : oidcOnly) {
      if (e[name]) problems.addIssue({ code: "custom", path: ["OIDC_ISSUER"], message: `needed with ${name}` });
    }
  })
  .refine((e) => !e.DEMO_USERS || e.SANDBOX_URL || isStandInOnly(e), {
    path: ["DEMO_USERS"],
    error: "only with the sandbox: its users share one password",
  })
  .refine((e) => !e.SANDBOX_URL === !e.SANDBOX_TOKEN, {
    path: ["SANDBOX_TOKEN"],
    error: "SANDBOX_URL and SANDBOX_TOKEN go together",
  })
  .refine((e) => !e.ADMIN_USER === !e.ADMIN_PASSWORD, {
    path: ["ADMIN_PASSWORD"],
    error: "ADMIN_USER and ADMIN_PASSWORD go together",
  })
  .refine((e) => e.METRICS_PORT !== e.PORT, { path: ["METRICS_PORT"], error: "must be another than PORT" })
  .refine((e) => !e.DATABASE_OWNER_URL || e.DATABASE_URL, {
    path: ["DATABASE_URL"],
    error: "needed with DATABASE_OWNER_URL: the same database, as the running console's own user",
  })
  .refine((e) => !e.BACKUP_DIR || (e.BACKUP_RECIPIENT && e.BACKUP_SECRETS_RECIPIENT), {
    path: ["BACKUP_DIR"],
    error: "needs BACKUP_RECIPIENT and BACKUP_SECRETS_RECIPIENT: npm run backup -- --new-keys",
  })
  .refine((e) => !e.BACKUP_RECIPIENT || e.BACKUP_RECIPIENT !== e.BACKUP_SECRETS_RECIPIENT, {
    path: ["BACKUP_SECRETS_RECIPIENT"],
    error: "must be another than BACKUP_RECIPIENT: who opens one must not open the other",
  })
  .refine((e) => e.POTATO_SIGN === "none" || e.POTATO_SIGN_SECRET, {
    path: ["POTATO_SIGN_SECRET"],
    error: "needed when POTATO_SIGN is v1 or v3",
  })
  .refine((e) => e.QUIET_PERIOD_SECONDS >= SHORTEST_QUIET_SECONDS || !hasRealUpstream(e), {
    path: ["QUIET_PERIOD_SECONDS"],
    error: `must be at least ${SHORTEST_QUIET_SECONDS} with upstreams that are not on this machine`,
  });

export type Env = z.output<typeof schema>;

/** An upstream is on the internet, over https; or a stand-in on this machine, where that is allowed. */
export function baseUrlProblem(url: string, mayBeLoopback: boolean): string | null {
  const { protocol, hostname } = new URL(url);
  if (isLoopbackHost(hostname)) {
    return mayBeLoopback ? null : "is on this machine: only with ALLOW_INSECURE_LOOPBACK_UPSTREAMS";
  }
  if (isPrivateHost(hostname)) return "must not be a private or link-local address";
  return protocol === "https:" ? null : "must begin with https://";
}

/** Stand-ins of a test: what is configured is on this machine. */
function isStandInOnly(e: Env): boolean {
  return e.ALLOW_INSECURE_LOOPBACK_UPSTREAMS && !hasRealUpstream(e);
}

/** Whether an upstream has its keys and is no stand-in on this machine. */
function hasRealUpstream(e: Env): boolean {
  const configured = [
    e.ESPAI_API_KEY && e.ESPAI_BASE_URL,
    e.POTATO_ASK_KEY && e.POTATO_BASE_URL,
    e.TALKBOT_API_KEY && e.TALKBOT_BASE_URL,
  ];
  return configured.some((url) => url && !isLoopbackHost(new URL(url).hostname));
}

/** By name: PostgreSQL reads the sign of an offset such as "+08:00" the other way round. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** A variable has a value Cardesk cannot start with. The message names variables, never values. */
export class EnvError extends Error {
  override name = "EnvError";
}

/** Parse a set of variables. Empty strings count as unset. Throws {@link EnvError}. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = checked.safeParse(present);
  if (result.success) return result.data;
  const complaints = result.error.issues.map((issue) => `${issue.path.join(".")}: ${sentence(issue)}`);
  throw new EnvError(`Bad configuration. ${complaints.join("; ")}`);
}

/** Zod's messages may quote the input; these never do. */
function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") return issue.message;
  if (issue.code === "too_small")
    return `must be at least ${issue.minimum}${issue.origin === "string" ? " characters" : ""}`;
  if (issue.code === "too_big")
    return `must be at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).filter(Boolean).join(", ")}`;
  if (issue.code === "invalid_type") return "must be a whole number";
  if (issue.code === "invalid_format" && issue.format === "url")
    return "must be an address that begins with https:// or http://";
  return "has the wrong form";
}

const slot = sharedSlot<Env>("env");

/** The process's configuration, read and checked once. */
export function env(): Env {
  slot.value ??= parseEnv(process.env);
  return slot.value;
}
