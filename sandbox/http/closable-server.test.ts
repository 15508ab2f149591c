import type { ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { ClosableServer } from "./closable-server.ts";
import { sendJson } from "./respond.ts";
import { sendRequest } from "./send-request.ts";

const open: ClosableServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close({ abrupt: true }))));

function serverOf(...args: ConstructorParameters<typeof ClosableServer>): ClosableServer {
  const server = new ClosableServer(...args);
  open.push(server);
  return server;
}

test("closed it refuses connections, opened again it listens on the same port", async () => {
  const server = serverOf((_, res) => sendJson(res, 200, {}));
  await server.open();
  const { url } = server;
  expect(await sendRequest(url)).toMatchObject({ status: 200 });
  await server.close();
  expect(server.isListening).toBe(false);
  expect(await sendRequest(url)).toMatchObject({ failure: "ECONNREFUSED" });
  await server.open();
  expect(server.url).toBe(url);
  expect(await sendRequest(url)).toMatchObject({ status: 200 });
});

test("opening and closing happen in the order they were asked for", async () => {
  const server = serverOf((_, res) => sendJson(res, 200, {}));
  await Promise.all([server.open(), server.close(), server.open(), server.close()]);
  expect(server.isListening).toBe(false);
});

test.each([
  [{}, { status: 200, failure: null }],
  [{ abrupt: true }, { status: 0, failure: "ECONNRESET" }],
])("a call in flight at close(%j) ends as %j", async (how, end) => {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  const server = serverOf((_, res) => resolve(res));
  await server.open();
  const reply = sendRequest(server.url);
  const res = await promise;
  await server.close(how);
  sendJson(res, 200, {});
  expect(await reply).toMatchObject(end);
});
