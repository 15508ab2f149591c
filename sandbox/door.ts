import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HOST = "127.0.0.1";
const REOPEN_TRIES = 100;

/** A listening port that can be shut, so that connects are really refused, and opened again at the same number. */
export class Door {
  #listener: RequestListener;
  #server: Server | null = null;
  #port = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(listener: RequestListener) {
    this.#listener = listener;
  }

  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  get isOpen(): boolean {
    return this.#server !== null;
  }

  open(port = this.#port): Promise<void> {
    return this.#next(async () => {
      if (this.#server) return;
      const server = await listen(this.#listener, port, this.#port === 0 ? 1 : REOPEN_TRIES);
      this.#port = (server.address() as AddressInfo).port;
      this.#server = server;
    });
  }

  /** Stop accepting. Calls under way finish unless `abrupt`; idle connections end. */
  shut({ abrupt = false } = {}): Promise<void> {
    return this.#next(async () => {
      const server = this.#server;
      if (!server) return;
      this.#server = null;
      server.close();
      if (abrupt) server.closeAllConnections();
      else server.closeIdleConnections();
    });
  }

  /** One opening or shutting at a time, in order. */
  #next(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.catch(() => undefined).then(step);
    return this.#turn;
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
    await sleep(20);
    return listen(listener, port, tries - 1);
  }
}
