import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

type AdapterFactory = Parameters<typeof bindMigrationAwareSqlAdapterFactory>[0];
export type SchemaEngine = bindings.SchemaEngine;

/** Nothing in the database is managed by others. */
export const noFilters = { externalTables: [], externalEnums: [] };

let loaded = false;

/** Importing a .wasm file directly is still an experiment in Node, with a warning at every start. */
function load(): void {
  if (loaded) return;
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const module = new WebAssembly.Module(readFileSync(join(folder, "schema_engine_bg.wasm")));
  const { exports } = new WebAssembly.Instance(module, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  loaded = true;
}

/** Prisma's schema engine over a driver adapter; nothing is downloaded. */
export function schemaEngine(
  adapter: AdapterFactory,
  datamodels: [path: string, content: string][] | undefined,
): Promise<SchemaEngine> {
  load();
  const quiet = () => undefined;
  return bindings.SchemaEngine.new(
    { datamodels },
    quiet,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}
