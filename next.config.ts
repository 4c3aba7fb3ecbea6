import type { NextConfig } from "next";

const config: NextConfig = {
  // A second build (screenshots, browser tests) can live beside the first.
  distDir: process.env.UPLIFT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or connection-holding packages: Node loads them, the bundler leaves them alone.
  serverExternalPackages: [
    "ssh2",
    "mysql2",
    "@libsql/client",
    "libsql",
    "@prisma/adapter-libsql",
    "@prisma/client",
    "pg",
  ],
  // Messages arrive compiled (lib/i18n/compiled.ts), so that nobody needs the parser of `use-intl`.
  turbopack: {
    resolveAlias: {
      "use-intl/format-message":
        "./node_modules/use-intl/dist/esm/production/format-message/format-only.js",
    },
  },
  // `npm run check` checks the types, once and of everything.
  typescript: { ignoreBuildErrors: true },
  // Pages are loaded when they are asked for.
  experimental: { preloadEntriesOnStart: false },
  // Next's development log would print the arguments of actions, passwords among them.
  logging: { serverFunctions: false },
  devIndicators: false,
  agentRules: false,
};

export default config;
