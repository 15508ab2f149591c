import { Agent, request as send } from "node:http";
import type { Caller, HostileRequest } from "./hostile-request";

/** `fault`: there was no whole answer. */
export type HostileAnswer = { status: number; text: string; fault: "hung" | "cut" | null };

/** Longer than anything takes on a busy machine. */
const HUNG_MS = 30_000;
const AT_ONCE = 16;

/** Node's own limit for the first line and the headers. */
const MAX_HEAD = 16 * 1024;
const isHeadTooLong = (path: string, headers: object): boolean => (path + JSON.stringify(headers)).length > MAX_HEAD;

type Target = { url: string; cookies: Readonly<Record<Caller, string>> };

/** Send requests over kept-alive connections, some at one time, and hand each its answer. */
export async function sendAll(
  requests: readonly HostileRequest[],
  target: Target,
  onAnswer: (request: HostileRequest, answer: HostileAnswer) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const queue = requests.values();
  const work = async () => {
    for (const request of queue) onAnswer(request, await sendOne(request, target, agent));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
}

function sendOne(request: HostileRequest, target: Target, agent: Agent): Promise<HostileAnswer> {
  const { hostname, port, origin } = new URL(target.url);
  const { as, method, path, body } = request;
  const cookie = [target.cookies[as], request.headers.cookie].filter(Boolean).join("; ");
  const headers = {
    origin,
    ...(body && { "content-length": String(body.length) }),
    ...request.headers,
    ...(cookie && { cookie }),
  };
  return new Promise((resolve) => {
    const outgoing = send({ hostname, port, agent, method, path, headers, timeout: HUNG_MS });
    const end = (fault: HostileAnswer["fault"]) => resolve({ status: 0, text: "", fault });
    outgoing.on("timeout", () => {
      end("hung");
      outgoing.destroy();
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      // The server closed an idle connection just as it was used again: nothing was received.
      if (outgoing.reusedSocket && error.code === "ECONNRESET") resolve(sendOne(request, target, new Agent()));
      // Node answers a head over its limit and closes at once; what is still being sent then may reset the answer away.
      else if (isHeadTooLong(path, headers)) resolve({ status: 431, text: "", fault: null });
      else end("cut");
    });
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => end("cut"));
      response.on("end", () => {
        const head = JSON.stringify(response.headers);
        resolve({ status: response.statusCode ?? 0, text: `${head}\n${Buffer.concat(chunks)}`, fault: null });
      });
    });
    outgoing.end(body);
  });
}
