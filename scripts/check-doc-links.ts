/** `npm run verify` ends with this: documents and comments name only paths that exist. */
import { fileURLToPath } from "node:url";
import { findDeadLinks } from "./doc-links.ts";

const dead = findDeadLinks(fileURLToPath(new URL("..", import.meta.url)));
for (const { file, line, path } of dead) console.error(`${file}:${line} names ${path}, which does not exist`);
console.log(dead.length === 0 ? "Every path named in documents and comments exists." : `${dead.length} dead paths.`);
process.exitCode = dead.length === 0 ? 0 : 1;
