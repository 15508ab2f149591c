import { type AddressInfo, createServer } from "node:net";
import { LaunchError } from "../process/launch-error.ts";

/** Check that `port` can be listened on at `host` and return it; for 0, return one that is free now. */
export async function freePort(host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
    });
  } catch (error) {
    throw new LaunchError(sentence((error as NodeJS.ErrnoException).code, host, port));
  } finally {
    server.close();
  }
}

function sentence(code: string | undefined, host: string, port: number): string {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by another program: stop that one, or choose another with PORT.`;
  if (code === "EACCES") return `Port ${port} needs rights this user does not have: choose one above 1023 with PORT.`;
  return `Cardesk cannot listen on ${host}:${port} (${code}): check HOST and PORT.`;
}
