import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { constants, createGzip } from "node:zlib";
import { JSON_TYPE, send } from "../http/respond.ts";
import { waitForDisconnect } from "../http/wait-for-disconnect.ts";

/** Half of the body, then the connection is closed; without a length the body is chunked. */
export function sendHalf(res: ServerResponse, body: unknown, framing: "length" | "chunked"): void {
  const whole = Buffer.from(JSON.stringify(body));
  const length = framing === "length" ? { "content-length": whole.length } : {};
  res.writeHead(200, { "content-type": JSON_TYPE, ...length });
  res.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => res.destroy());
}

/** The whole body, one byte every `ms`. */
export async function sendDripping(res: ServerResponse, body: unknown, ms: number): Promise<void> {
  const whole = Buffer.from(JSON.stringify(body));
  res.writeHead(200, { "content-type": JSON_TYPE, "content-length": whole.length });
  for (let i = 0; i < whole.length && !res.destroyed; i++) {
    res.write(whole.subarray(i, i + 1));
    if (ms > 0) await waitForDisconnect(res, ms);
  }
  res.end();
}

const MIB = 1024 * 1024;
let bomb: Promise<Buffer> | undefined;

/** A success envelope padded with 64 MiB of blanks, compressed to about 64 KB. */
export async function sendGzipBomb(res: ServerResponse): Promise<void> {
  bomb ??= buffer(Readable.from(paddedEnvelope()).pipe(createGzip({ strategy: constants.Z_RLE })));
  send(res, 200, JSON_TYPE, await bomb, { "content-encoding": "gzip" });
}

/** In pieces: the sandbox itself never holds the whole of it. */
function* paddedEnvelope(): Generator<Buffer> {
  yield Buffer.from('{"success":true,"message":"请求成功","code":"200","status":true,"data":[]');
  const blanks = Buffer.alloc(MIB, " ");
  for (let i = 0; i < 64; i++) yield blanks;
  yield Buffer.from("}");
}
