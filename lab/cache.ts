import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

/** Things that take seconds to make and are the same for every lab: images, loaded Docker folders, seeded MetaDBs. */
const cacheRoot = process.env.UPLIFT_LAB_CACHE ?? join(import.meta.dirname, "../.cache/lab");

/** A short hash of everything an entry is made from. */
export function keyOf(...inputs: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
}

/** Every file below the folders, as text for `keyOf`. */
export function contentsOf(...paths: readonly string[]): string {
  return paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: "utf8" })
            .sort()
            .map((name) => join(path, name))
        : [path],
    )
    .filter((file) => statSync(file).isFile())
    .map((file) => `${file}\n${readFileSync(file, "utf8")}`)
    .join("\n");
}

/**
 * Returns the folder of a cache entry, made by `make` when there is none. It is made beside its place
 * and moved there whole, so a killed or a second maker never leaves half an entry.
 */
export async function cached(
  kind: string,
  key: string,
  make: (dir: string) => Promise<void>,
): Promise<string> {
  const dir = join(cacheRoot, `${kind}-${key}`);
  if (existsSync(dir)) {
    utimesSync(dir, new Date(), new Date());
    return dir;
  }
  const draft = `${dir}.draft-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  try {
    await make(draft);
    renameSync(draft, dir);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process may have been quicker with the same entry.
    if (!existsSync(dir)) throw error;
  }
  await forgetOld(kind);
  return dir;
}

/** Keeps the entries used last: a changed stand-in makes new ones of 200 MB each time. */
async function forgetOld(kind: string): Promise<void> {
  const entries = readdirSync(cacheRoot)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => ({ dir: join(cacheRoot, name), used: statSync(join(cacheRoot, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used);
  const whole = entries.filter(({ dir }) => !dir.includes(".draft-"));
  const hourAgo = Date.now() - 3600 * 1000;
  const abandoned = entries.filter(({ dir, used }) => dir.includes(".draft-") && used < hourAgo);
  for (const { dir } of [...whole.slice(8), ...abandoned])
    await rm(dir, { recursive: true, force: true });
}
