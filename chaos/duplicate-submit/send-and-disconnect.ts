import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type Form = { url: string; headers: Record<string, string>; body: string };
type How = { share: number; afterMs: number };

/** Send the first `share` of a form (1: all of it) over a raw socket, and reset the connection after `afterMs`. */
export async function sendAndDisconnect(form: Form, { share, afterMs }: How): Promise<void> {
  const { hostname, port, pathname, host } = new URL(form.url);
  const headers = { host, "content-length": String(Buffer.byteLength(form.body)), ...form.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const message = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${form.body}`);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(message.subarray(0, Math.ceil(message.length * share)));
  await sleep(afterMs);
  socket.resetAndDestroy();
}
