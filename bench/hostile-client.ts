/** One stranger's load on a console, in a thread of its own: it goes on until the thread is ended. */
import { type ClientRequest, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

export type Hostile = {
  url: string;
  load: "huge body" | "half-sent" | "sign-ins";
  action: { path: string; id: string };
};

const HUGE_BYTES = 300_000_000;
const HALF_SENT = 300;
const SIGN_INS = 60;
/** Long enough for any rule, and nobody's. */
const WRONG = "a wrong password of some length";

const { url, load, action } = workerData as Hostile;
const chunk = Buffer.alloc(64 * 1024, "x");
let made = 0;

const post = (headers: Record<string, string | number>, localAddress?: string): ClientRequest =>
  request(new URL(action.path, url), {
    method: "POST",
    agent: false,
    ...(localAddress && { localAddress }),
    headers: {
      origin: new URL(url).origin,
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
      ...headers,
    },
  });

/** Any other answer means that the load is none, and ends the bench. */
const ended = (outgoing: ClientRequest, expected: number): Promise<void> =>
  new Promise((resolve) => {
    outgoing.on("response", (incoming) => {
      if (incoming.statusCode !== expected) throw new Error(`${load} was answered ${incoming.statusCode}`);
      incoming.resume();
    });
    outgoing.on("error", () => undefined);
    outgoing.on("close", resolve);
  });

/** A body without an end that anybody announced, sent as fast as it is taken, until 300 MB are sent or nobody takes more. */
async function hugeBody(): Promise<void> {
  const outgoing = post({ "transfer-encoding": "chunked" });
  const closed = ended(outgoing, 413);
  let sent = 0;
  const send = () => {
    while (sent < HUGE_BYTES && !outgoing.destroyed) {
      sent += chunk.length;
      if (!outgoing.write(chunk)) return void outgoing.once("drain", send);
    }
    outgoing.end();
  };
  send();
  await closed;
}

/** A request whose second half never comes; the console gives it up after 30 s. */
async function halfSent(): Promise<void> {
  const outgoing = post({ "content-length": 32 * 1024 });
  const closed = ended(outgoing, 408);
  outgoing.write(chunk.subarray(0, 16 * 1024));
  await closed;
}

/** On Linux each comes from an address of its own: the limit of one address would end the load at once. */
async function signInWrongly(): Promise<void> {
  made++;
  const from = process.platform === "linux" ? `127.1.${(made >> 8) & 255}.${made & 255}` : undefined;
  const body = JSON.stringify([{ username: `stranger${made}`, password: WRONG }]);
  const outgoing = post({ accept: "text/x-component", "content-length": body.length }, from);
  const closed = ended(outgoing, 200);
  outgoing.end(body);
  await closed;
}

/** The next ones begin when all have an answer: who is told "busy" does not come back at once. */
async function signInsTogether(): Promise<void> {
  await Promise.all(Array.from({ length: SIGN_INS }, signInWrongly));
}

async function forever(work: () => Promise<void>): Promise<never> {
  for (;;) await work();
}

const LOADS: Record<Hostile["load"], { atOnce: number; work: () => Promise<void> }> = {
  "huge body": { atOnce: 1, work: hugeBody },
  "half-sent": { atOnce: HALF_SENT, work: halfSent },
  "sign-ins": { atOnce: 1, work: signInsTogether },
};

const { atOnce, work } = LOADS[load];
for (let number = 0; number < atOnce; number++) void forever(work);
parentPort?.postMessage("begun");
