import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

/** Built with the project's own Next and node_modules; the project's `tsc` checks its types. */
const config: NextConfig = {
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
  // Looking upward, Next would take the console's instrumentation.ts for the floor's.
  pageExtensions: ["floor.tsx", "floor.ts"],
};

export default config;
