import { readCredentials, readSignMode } from "./credentials.ts";
import { startSandbox } from "./start.ts";

/** A whole number from the environment. Throws, naming the variable. */
function whole(name: string, fallback: number): number {
  const value = Number(process.env[name] || fallback);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number`);
  return value;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox({
    port: whole("SANDBOX_PORT", 0),
    ports: {
      espai: whole("SANDBOX_ESPAI_PORT", 0),
      potato: whole("SANDBOX_POTATO_PORT", 0),
      talkbot: whole("SANDBOX_TALKBOT_PORT", 0),
    },
    cards: whole("SANDBOX_CARDS", 360),
    keys: whole("SANDBOX_KEYS", 60),
    seed: whole("SANDBOX_SEED", 1),
    credentials: readCredentials(process.env),
    options: {
      latencyMs: whole("SANDBOX_LATENCY_MS", 120),
      jitterMs: whole("SANDBOX_JITTER_MS", 40),
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
  const { url, espai, potato, talkbot, trap } = sandbox;
  console.log(JSON.stringify({ ready: true, url, espai, potato, talkbot, trap }));
}

main().catch((error: unknown) => {
  console.error(`sandbox: ${error instanceof Error ? error.message : "could not start"}`);
  process.exit(1);
});
