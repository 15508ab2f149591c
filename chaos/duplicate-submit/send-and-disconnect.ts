import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type Form = { url: string; headers: Record<string, string>; body: string };

/** Send a form over a raw socket, all of it or only a `share`, and tear the connection down after `afterMs`. */
export async function sendAndBreak(form: Form, { share, afterMs }: { share: number; afterMs: number }): Promise<void> {
  const { hostname, port, pathname, host } = new URL(form.url);
  const headers = { host, "content-length": String(Buffer.byteLength(form.body)), ...form.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const whole = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${form.body}`);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(whole.subarray(0, Math.ceil(whole.length * share)));
  await sleep(afterMs);
  socket.resetAndDestroy();
}
