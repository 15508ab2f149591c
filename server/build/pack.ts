/** `node server/build/pack.ts FOLDER`: copy what a built console needs to run, and nothing else, into a new folder (an image). */
import { copyFileSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isLink, packedFiles } from "./packed-files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [folder] = process.argv.slice(2);

if (!folder) {
  console.error("Usage: node server/build/pack.ts FOLDER");
  process.exitCode = 1;
} else {
  const files = await packedFiles(root);
  for (const file of files) {
    const to = join(resolve(folder), file);
    mkdirSync(dirname(to), { recursive: true });
    if (isLink(join(root, file))) symlinkSync(readlinkSync(join(root, file)), to);
    else copyFileSync(join(root, file), to);
  }
  console.log(`${files.length} files packed into ${folder}.`);
}
