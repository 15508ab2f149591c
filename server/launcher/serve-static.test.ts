import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressStatic } from "../build/compress-static";
import { serveStatic } from "./serve-static";

const SCRIPT = `self.cards = "${"额度卡 ".repeat(500)}";`;
const folder = mkdtempSync(join(tmpdir(), "cardesk-static-"));
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, "chunks"));
  writeFileSync(join(folder, "chunks/a.js"), SCRIPT);
  writeFileSync(join(folder, "chunks/b.css"), "td { color: inherit }");
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  await compressStatic(folder);
  const passOn = serveStatic(folder, (_, response) => response.writeHead(299).end("passed on"));
  server = createServer(passOn);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { status: number | undefined; headers: Record<string, unknown>; body: Buffer };

function ask(path: string, encodings?: string, method = "GET"): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const headers = encodings === undefined ? {} : { "accept-encoding": encodings };
    const asked = request({ port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on("error", reject).end();
  });
}

const A = "/_next/static/chunks/a.js";

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["BR", "br"],
  ["gzip, deflate", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["br; q=0.000,gzip", "gzip"],
])("to who takes %s a script goes as %s", async (encodings, encoding) => {
  const { status, headers, body } = await ask(A, encodings);
  expect(status).toBe(200);
  expect((encoding === "br" ? brotliDecompressSync(body) : gunzipSync(body)).toString()).toBe(SCRIPT);
  expect(headers).toMatchObject({
    "content-type": "application/javascript; charset=UTF-8",
    "content-encoding": encoding,
    "content-length": String(body.length),
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
  });
});

test("a style sheet goes as one, a query changes nothing, HEAD has no body", async () => {
  expect((await ask("/_next/static/chunks/b.css", "br")).headers["content-type"]).toBe("text/css; charset=UTF-8");
  expect((await ask(`${A}?dpl=1`, "br")).headers["content-encoding"]).toBe("br");
  const head = await ask(A, "br", "HEAD");
  expect(head.status).toBe(200);
  expect(Number(head.headers["content-length"])).toBeGreaterThan(0);
  expect(head.body).toHaveLength(0);
});

test.each([
  ["nothing compressed is taken", A, undefined, "GET"],
  ["another encoding is taken", A, "deflate, identity, brx", "GET"],
  ["another method", A, "br", "POST"],
  ["a file that is not compressed", "/_next/static/icon.svg", "br", "GET"],
  ["a file that is not there", "/_next/static/chunks/c.js", "br", "GET"],
  ["the compressed file by its own name", `${A}.br`, "br", "GET"],
  ["a name of every object", "/_next/static/constructor", "br", "GET"],
  ["a way out of the folder", "/_next/static/../static/chunks/a.js", "br", "GET"],
  ["a page", "/cards", "br", "GET"],
])("passed on: %s", async (_, path, encodings, method) => {
  expect((await ask(path, encodings, method)).status).toBe(299);
});

test("a build without compressed files is passed on whole", async () => {
  const empty = mkdtempSync(join(tmpdir(), "cardesk-static-"));
  let passed = 0;
  const handler = serveStatic(join(empty, "none"), () => {
    passed += 1;
  });
  const head = { method: "GET", url: A, headers: { "accept-encoding": "br" } };
  handler(head as Parameters<typeof handler>[0], {} as Parameters<typeof handler>[1]);
  expect(passed).toBe(1);
  rmSync(empty, { recursive: true });
});
