/** `npm run build`: the production build, ahead of the first start (on a server, in an image). */
import { fileURLToPath } from "node:url";
import { printError } from "../process/print-error.ts";
import { buildConsole } from "./build-console.ts";

try {
  await buildConsole(fileURLToPath(new URL("../..", import.meta.url)), console.log);
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
