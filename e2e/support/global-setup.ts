import { fileURLToPath } from "node:url";
import { buildConsole } from "../../server/build/build-console.ts";

/** Before the first journey: a production build of exactly these sources, so that no two workers build at once. */
export default async function globalSetup(): Promise<void> {
  if (process.env.E2E_LAUNCH_INFO) return;
  await buildConsole(fileURLToPath(new URL("../..", import.meta.url)), console.log);
}
