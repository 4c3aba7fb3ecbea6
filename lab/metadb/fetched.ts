import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, keyOf } from "../cache.ts";
import { run } from "../shell.ts";

/** What Debian 12 does not have. */
export type Fetched = "oceanbase" | "mysql" | "mysql-client" | "mariadb-11.8";

/**
 * The folder of programs, fetched when the cache has none.
 * @throws CommandFailed when it cannot be had here, with what the package manager said.
 */
export function fetched(what: Fetched): Promise<string> {
  const script = join(import.meta.dirname, "fetch-server.sh");
  return cached(`fetched-${what}`, keyOf(readFileSync(script, "utf8")), async (draft) => {
    await run(["sh", script, what, draft], { timeoutMs: 900_000 });
  });
}

/** The words that run a program of a server taken from another Debian, with that Debian's own C library. */
export const throughItsLoader = (folder: string, program: string): string[] => [
  join(folder, "lib/ld-linux-x86-64.so.2"),
  join(folder, "bin", program),
];
