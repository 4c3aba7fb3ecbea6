import { applyMigrations } from "./apply.ts";

/** The process that `migrate` starts: `run.ts FILE`. It says on standard error why it could not. */
try {
  await applyMigrations(process.argv[2] ?? "");
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
