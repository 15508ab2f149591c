import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { LaunchError } from "../process/launch-error.ts";
import { freePort } from "./free-port.ts";

test("a taken port is refused in one sentence that names it, and 0 finds a free one", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await expect(freePort("127.0.0.1", port)).rejects.toThrow(LaunchError);
  await expect(freePort("127.0.0.1", port)).rejects.toThrow(`Port ${port} is taken`);
  expect(await freePort("127.0.0.1", 0)).toBeGreaterThan(1023);
  server.close();
  await once(server, "close");
  expect(await freePort("127.0.0.1", port)).toBe(port);
});
