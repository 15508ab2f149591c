import { createServer } from "node:net";
import type { Env } from "../../lib/core/env.ts";
import { checkOf } from "../../lib/doctor/index.ts";
import type { Check } from "../../lib/doctor/types.ts";

/** Free, or held by a console that answers. */
export async function checkPort({ PORT: port }: Pick<Env, "PORT">): Promise<Check> {
  if (await isFree(port)) return checkOf("port", ["ok", "port_free"], { port: String(port) });
  const ours = await isConsole(port);
  return checkOf("port", ours ? ["ok", "port_ours"] : ["fail", "port_taken"], { port: String(port) });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function isConsole(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5_000) });
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null && "ok" in body;
  } catch {
    return false;
  }
}
