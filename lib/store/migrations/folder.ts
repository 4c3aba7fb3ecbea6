import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository's prisma folder of a database; beside the sources, wherever they were installed. */
export const schemaFolder = (provider: "sqlite"): string =>
  join(projectRoot(import.meta.dirname), "prisma", provider);

/** In Next's bundle this file is elsewhere: the root is where package.json is. */
function projectRoot(from: string): string {
  if (existsSync(join(from, "package.json")) && existsSync(join(from, "prisma"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("the prisma folder was not found");
  return projectRoot(parent);
}

/** All .prisma files of a schema folder, with paths relative to it. */
export function schemaFiles(folder: string): { path: string; content: string }[] {
  return readdirSync(folder)
    .flatMap((name) =>
      name === "models" ? readdirSync(join(folder, name)).map((file) => join(name, file)) : [name],
    )
    .filter((path) => path.endsWith(".prisma"))
    .sort()
    .map((path) => ({ path, content: readFileSync(join(folder, path), "utf8") }));
}

/** The migrations of a schema folder as the schema engine wants them. */
export function migrationsList(folder: string) {
  const baseDir = join(folder, "migrations");
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: readdirSync(baseDir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map((path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: readFileSync(join(baseDir, path, "migration.sql"), "utf8"),
          },
        },
      })),
  };
}

export type MigrationsList = ReturnType<typeof migrationsList>;
