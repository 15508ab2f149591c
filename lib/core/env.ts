import "server-only";
import { z } from "zod";
import { sharedSlot } from "./shared-slot.ts";

const text = z.string().trim().min(1);
const seconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
const flag = z
  .enum(["0", "1", "true", "false", ""])
  .default("")
  .transform((value) => value === "1" || value === "true");
const timeZone = text.refine(isTimeZone, { error: "is not a time zone; a known one is Asia/Shanghai" });
const httpUrl = (fallback: string) => z.url({ protocol: /^https?$/ }).default(fallback);

/**
 * With a shorter quiet period a slow upstream's transfer would count as "not applied" and be offered again
 * (docs/decisions/reconciliation.md).
 */
const SHORTEST_QUIET_SECONDS = 60;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name is this machine's own. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

/** Every variable Cardesk reads, with its default. Names and meanings: README, "Configuration". */
const schema = z.object({
  NODE_ENV: z.string().default("development"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Serve other machines without https. */
  ALLOW_PLAIN_HTTP: flag,
  DATA_DIR: text.default(".data"),
  /** Set by the launcher: the folder of the PostgreSQL it started. Without it the database's disk can't be seen. */
  DATABASE_FOLDER: text.optional(),
  /** With less free on the database's disk, MiB, nothing new is sent. */
  DISK_RESERVE_MB: z.coerce.number().int().min(0).max(1_000_000).default(500),
  /** The address the launcher listens on. */
  HOST: text.regex(/^[\w.:%[\]-]+$/).optional(),
  DATABASE_URL: text
    .refine((url) => /^postgres(ql)?:\/\/|^\//.test(url), { error: "must begin with postgres://" })
    .optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  APP_KEYS: text.regex(/^[\w-]+:[A-Za-z0-9+/=_-]{43,}(,[\w-]+:[A-Za-z0-9+/=_-]{43,})*$/).optional(),
  ADMIN_USER: text.max(64).optional(),
  ADMIN_PASSWORD: z.string().min(8).max(256).optional(),
  /** Demo only: also create the users "support" and "operator" with the admin's password. */
  DEMO_USERS: flag,
  /** Addresses and CIDR ranges of the reverse proxies whose x-forwarded-* count; server/gate reads and checks it. */
  TRUST_PROXY: z.string().default(""),
  /** Whether users have a second factor: off hides it, required asks it of everybody. */
  SECOND_FACTOR: z.enum(["off", "optional", "required"]).default("optional"),
  ESPAI_BASE_URL: httpUrl("https://api.espai.fun"),
  ESPAI_API_KEY: text.optional(),
  POTATO_BASE_URL: httpUrl("https://api.potatocloud.cn"),
  POTATO_ASK_KEY: text.optional(),
  POTATO_USER_TOKEN: text.optional(),
  POTATO_SIGN: z.enum(["none", "v1", "v3"]).default("none"),
  POTATO_SIGN_SECRET: text.optional(),
  TALKBOT_BASE_URL: httpUrl("https://api.hellogptworld.com"),
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
  /** Set by the launcher in the demo: where the sandbox listens. Its presence makes the console say "sandbox". */
  SANDBOX_URL: z.url().optional(),
  /** The token of the sandbox's admin API; set with SANDBOX_URL. */
  SANDBOX_TOKEN: text.optional(),
});

const checked = schema
  .refine((e) => !e.ADMIN_USER === !e.ADMIN_PASSWORD, {
    path: ["ADMIN_PASSWORD"],
    error: "ADMIN_USER and ADMIN_PASSWORD go together",
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

/** Whether an upstream has its keys and is no stand-in on this machine. */
function hasRealUpstream(e: Env): boolean {
  const configured = [
    e.ESPAI_API_KEY && e.ESPAI_BASE_URL,
    e.POTATO_ASK_KEY && e.POTATO_BASE_URL,
    e.TALKBOT_API_KEY && e.TALKBOT_BASE_URL,
  ];
  return configured.some((url) => url && !LOOPBACK.test(new URL(url).hostname));
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
