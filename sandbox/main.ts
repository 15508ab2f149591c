import { readCredentials, readSignMode } from "./core/credentials.ts";
import { startSandbox } from "./start-sandbox.ts";

/** A whole number from the environment. Throws, naming the variable. */
function wholeNumber(name: string, fallback: number): number {
  const value = Number(process.env[name] || fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number`);
  return value;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox({
    port: wholeNumber("SANDBOX_PORT", 0),
    ports: {
      espai: wholeNumber("SANDBOX_ESPAI_PORT", 0),
      potato: wholeNumber("SANDBOX_POTATO_PORT", 0),
      talkbot: wholeNumber("SANDBOX_TALKBOT_PORT", 0),
    },
    cards: wholeNumber("SANDBOX_CARDS", 360),
    keys: wholeNumber("SANDBOX_KEYS", 60),
    seed: wholeNumber("SANDBOX_SEED", 1),
    credentials: readCredentials(process.env),
    options: {
      latencyMs: wholeNumber("SANDBOX_LATENCY_MS", 120),
      jitterMs: wholeNumber("SANDBOX_JITTER_MS", 40),
      sign: readSignMode(process.env.SANDBOX_POTATO_SIGN),
    },
    ...(process.env.SANDBOX_STATE ? { statePath: process.env.SANDBOX_STATE } : {}),
    ...(process.env.SANDBOX_TOKEN ? { token: process.env.SANDBOX_TOKEN } : {}),
  });
  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const { url, espai, potato, talkbot, redirectTarget } = sandbox;
  console.log(JSON.stringify({ ready: true, url, espai, potato, talkbot, redirectTarget }));
}

main().catch((error: unknown) => {
  console.error(`sandbox: ${error instanceof Error ? error.message : "could not start"}`);
  process.exit(1);
});
