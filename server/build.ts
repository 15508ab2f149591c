/** `npm run build`: the production build, ahead of the first start (on a server, in an image). */
import { fileURLToPath } from "node:url";
import { buildConsole } from "./build-console.ts";
import { LaunchError } from "./launch-error.ts";

try {
  await buildConsole(fileURLToPath(new URL("..", import.meta.url)), console.log);
} catch (error) {
  console.error(error instanceof LaunchError ? error.message : error);
  process.exitCode = 1;
}
