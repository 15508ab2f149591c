import type { Mode } from "./mode.ts";
import type { Secrets } from "./secrets.ts";
import type { SandboxProcess } from "./start-sandbox-process.ts";

export type ConsoleEnvOptions = {
  mode: Mode;
  secrets: Secrets;
  sandbox: SandboxProcess | undefined;
  dataDir: string;
  databaseUrl: string;
  /** Where our own PostgreSQL keeps its files; undefined for one elsewhere. */
  databaseFolder: string | undefined;
  host: string;
  port: number;
};

/**
 * The variables of the console's process: the operator's own, the generated secrets where they gave none, and in the
 * demo always the sandbox's addresses and keys, so that a demo never calls a real upstream.
 */
export function consoleEnv(options: ConsoleEnvOptions): NodeJS.ProcessEnv {
  const { mode, secrets, sandbox } = options;
  // An empty variable counts as unset, as it does in lib/core/env.ts.
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  return {
    AUTH_SECRET: secrets.AUTH_SECRET,
    APP_KEYS: secrets.APP_KEYS,
    ...(sandbox && { DEMO_USERS: "1", ADMIN_USER: "admin", ADMIN_PASSWORD: secrets.DEMO_PASSWORD }),
    ...given,
    ...sandbox?.env,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATA_DIR: options.dataDir,
    DATABASE_URL: options.databaseUrl,
    // The running console must not be able to become the owner of its tables.
    DATABASE_OWNER_URL: "",
    // Never the operator's: it says which disk is watched.
    DATABASE_FOLDER: options.databaseFolder ?? "",
    // next-auth's own: it would name another address than the one the gate has checked (APP_URL).
    AUTH_URL: "",
    NEXTAUTH_URL: "",
    AUTH_REDIRECT_PROXY_URL: "",
    HOST: options.host,
    PORT: String(options.port),
  };
}
