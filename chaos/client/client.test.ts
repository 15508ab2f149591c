import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { Client } from "./client.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** A console that wants a proof before anything else; the actions it was asked for, in order. */
async function consoleThatWants(password: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  let proved = false;
  server = createServer(async (request, response) => {
    const action = String(request.headers["next-action"]);
    asked.push(action);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [input] = JSON.parse(Buffer.concat(chunks).toString());
    if (action === "account.proveIdentityAction") proved = input.password === password;
    const code = action === "account.proveIdentityAction" ? "bad_input" : "proof_required";
    const result = proved ? { ok: true, data: null } : { ok: false, error: { code, key: code } };
    response.end(`0:{"a":"$@1"}\n1:${JSON.stringify(result)}\n`);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const manifest = (name: string) => ({ path: "/", id: name });
const call = (url: string, password?: string) =>
  new Client(manifest, "cookie", password === undefined ? {} : { account: { username: "admin", password } }).call(
    url,
    "users.create",
    {},
  );

test("an action that wants a proof gets it, and is called once more", async () => {
  const { url, asked } = await consoleThatWants("right");
  expect(await call(url, "right")).toEqual({ kind: "ok", data: null });
  expect(asked).toEqual(["users.create", "account.proveIdentityAction", "users.create"]);
});

test("a proof that is refused is the answer", async () => {
  const { url, asked } = await consoleThatWants("right");
  expect(await call(url, "wrong")).toMatchObject({ kind: "error", error: { code: "bad_input" } });
  expect(asked).toHaveLength(2);
});

test("without a password the refusal is the answer", async () => {
  const { url, asked } = await consoleThatWants("right");
  expect(await call(url)).toMatchObject({ kind: "error", error: { code: "proof_required" } });
  expect(asked).toEqual(["users.create"]);
});

test("calls that find their session ended sign in again once, and are sent once more", async () => {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const action = String(request.headers["next-action"]);
    const fresh = request.headers.cookie?.includes("authjs.session-token=fresh");
    asked.push(action);
    if (action === "login.signInAction") response.setHeader("set-cookie", "authjs.session-token=fresh; Path=/");
    const error = { code: "not_signed_in", key: "not_signed_in" };
    request.resume().on("end", () => {
      response.end(`0:{"a":"$@1"}\n1:${JSON.stringify(fresh ? { ok: true, data: null } : { ok: false, error })}\n`);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new Client(manifest, "ended", { account: { username: "admin", password: "right" } });
  const results = await Promise.all([client.call(url, "cards.list", {}), client.call(url, "cards.list", {})]);
  expect(results).toEqual([
    { kind: "ok", data: null },
    { kind: "ok", data: null },
  ]);
  expect(asked.filter((action) => action === "login.signInAction")).toHaveLength(1);
});
