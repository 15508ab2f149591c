import pino from "pino";

/** Lines that wait to be written are kept up to this many bytes; later ones are dropped. */
const keptBytes = 1024 * 1024;

/**
 * Where log lines go. A line that can't be written (a closed terminal, a full disk) must not end the process while
 * operations are in flight: pino's own stream would throw, this one continues.
 */
export function logDestination(fd: number): pino.DestinationStream {
  const stream = pino.destination({ dest: fd, sync: true, maxLength: keptBytes });
  stream.on("error", () => undefined);
  return stream;
}
