import "server-only";
import pg from "pg";

let done = false;

/**
 * The queue takes all its listeners off the connection that listens, and then ends it. A pooler says twice that the server behind
 * it has gone; the second time nobody would hear it, and Node would call it uncaught.
 */
export function listenToEndedClients(): void {
  if (done) return;
  done = true;
  pg.Client.prototype.end = new Proxy(pg.Client.prototype.end, {
    apply: (end, client: pg.Client, args) => {
      client.on("error", () => {});
      return Reflect.apply(end, client, args);
    },
  });
}
