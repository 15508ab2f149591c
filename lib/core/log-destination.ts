import pino from "pino";

/** Lines that wait to be written are kept up to this many bytes; later ones are dropped. */
const keptBytes = 1024 * 1024;

/** Controls and direction marks that JSON allows in a string as they are, and a terminal or a viewer acts on. */
const RAW_CONTROL = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Where log lines go. A line that can't be written (a closed terminal, a full disk) must not end the process while
 * operations are in flight: pino's own stream would throw, this one continues.
 * What control characters JSON leaves raw are escaped, so that no text of a request moves the reader's cursor.
 */
export function logDestination(fd: number): pino.DestinationStream {
  const stream = pino.destination({ dest: fd, sync: true, maxLength: keptBytes });
  stream.on("error", () => undefined);
  const write = stream.write.bind(stream);
  return Object.assign(stream, { write: (line: string) => write(line.replace(RAW_CONTROL, escaped)) });
}
