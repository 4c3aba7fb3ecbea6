import { defineConfig } from "prisma/config";

/** For `prisma generate` alone: migrations are applied by lib/store/migrations/apply.ts. */
export default defineConfig({ schema: "prisma/sqlite" });
