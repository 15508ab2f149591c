import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** How a file is written again, by what its name then ends with. */
const COMPRESS = {
  ".br": (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ".gz": (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
} as const;

/**
 * Beside each script and style sheet in the folder: the same in Brotli (`.br`) and gzip (`.gz`), once and as small as they get. Next
 * compresses them for each request anew, by gzip alone.
 */
export async function compressStatic(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    files.flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      return Object.entries(COMPRESS).map(async ([ending, compress]) =>
        writeFileSync(join(folder, `${name}${ending}`), await compress(bytes)),
      );
    }),
  );
}
