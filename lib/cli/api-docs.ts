import { readFileSync, writeFileSync } from "node:fs";
import { withRoutes } from "#lib/api/documentation.ts";

// npm run docs:api writes the table of addresses in docs/api.md from the routes.
const path = new URL("../../docs/api.md", import.meta.url);
writeFileSync(path, withRoutes(readFileSync(path, "utf8")));
