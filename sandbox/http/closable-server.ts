import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HOST = "127.0.0.1";
const REOPEN_TRIES = 100;
const REOPEN_WAIT_MS = 20;

/** A server that can stop listening, so that connections are really refused, and listen again on the same port. */
export class ClosableServer {
  #listener: RequestListener;
  #server: Server | null = null;
  #port = 0;
  #lastStep: Promise<void> = Promise.resolve();

  constructor(listener: RequestListener) {
    this.#listener = listener;
  }

  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  get isListening(): boolean {
    return this.#server !== null;
  }

  /** Listen on this port, by default the last one; 0 takes any. */
  open(port = this.#port): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#server) return;
      const server = await listen(this.#listener, port, this.#port === 0 ? 1 : REOPEN_TRIES);
      this.#port = (server.address() as AddressInfo).port;
      this.#server = server;
    });
  }

  /** Stop listening. Calls in flight finish unless `abrupt`; idle connections end. */
  close({ abrupt = false } = {}): Promise<void> {
    return this.#inOrder(async () => {
      const server = this.#server;
      if (!server) return;
      this.#server = null;
      server.close();
      if (abrupt) server.closeAllConnections();
      else server.closeIdleConnections();
    });
  }

  /** One opening or closing at a time, in the order they were asked for. */
  #inOrder(step: () => Promise<void>): Promise<void> {
    this.#lastStep = this.#lastStep.catch(() => undefined).then(step);
    return this.#lastStep;
  }
}

async function listen(listener: RequestListener, port: number, tries: number): Promise<Server> {
  const server = createServer(listener);
  try {
    server.listen(port, HOST);
    await once(server, "listening");
    return server;
  } catch (error) {
    if (tries <= 1) throw error;
    await sleep(REOPEN_WAIT_MS);
    return listen(listener, port, tries - 1);
  }
}
