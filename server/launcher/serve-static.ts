import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type Encoding = "br" | "gzip";

/** What the build left compressed, by the endings of its names, best first. */
const ENDINGS: readonly (readonly [Encoding, string])[] = [
  ["br", ".br"],
  ["gzip", ".gz"],
];
const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

/**
 * Answers requests for the scripts and style sheets of a build from memory, as the build compressed them (about a megabyte; see
 * compress-static.ts). All else goes on to `next`: other files, methods and encodings, and a build from before they were compressed.
 * There are no parts and no revalidation: a name changes with what is in it.
 */
export function serveStatic(folder: string, next: Handler): Handler {
  const files = readCompressed(folder);
  return (request, response) => {
    const { method, url = "/", headers } = request;
    const [path = ""] = url.split("?", 1);
    const file = files.get(path);
    const encoding = file && ENDINGS.map(([name]) => name).find((name) => accepts(headers["accept-encoding"], name));
    const body = encoding && file.get(encoding);
    if (!body || (method !== "GET" && method !== "HEAD")) return next(request, response);
    response.writeHead(200, {
      "content-type": TYPES[extname(path)],
      "content-encoding": encoding,
      "content-length": body.length,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    response.end(method === "HEAD" ? undefined : body);
  };
}

function readCompressed(folder: string): ReadonlyMap<string, ReadonlyMap<Encoding, Buffer>> {
  const files = new Map<string, Map<Encoding, Buffer>>();
  if (!existsSync(folder)) return files;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    for (const [encoding, ending] of ENDINGS) {
      const plain = name.slice(0, -ending.length);
      if (!name.endsWith(ending) || !(extname(plain) in TYPES)) continue;
      const path = `/_next/static/${plain.split(sep).join("/")}`;
      const encodings = files.get(path) ?? new Map<Encoding, Buffer>();
      files.set(path, encodings.set(encoding, readFileSync(join(folder, name))));
    }
  return files;
}

/** RFC 9110, 12.5.3: named, and not with a weight of nothing. */
function accepts(header: string | string[] | undefined, encoding: Encoding): boolean {
  return String(header ?? "")
    .split(",")
    .map((each) =>
      each
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([name, weight]) => name === encoding && !/^q=0(\.0*)?$/.test(weight ?? ""));
}
