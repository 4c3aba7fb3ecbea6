import { copyFileSync, mkdirSync, realpathSync, statSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cached, keyOf } from "../cache.ts";
import { fetched } from "../metadb/fetched.ts";
import { run } from "../shell.ts";

/** Whose client programs there are. */
export type ClientTools = "mariadb" | "mysql" | "none";

/** Every name under which a site's scripts look for them. */
export const clientPrograms = ["mysql", "mysqldump", "mariadb", "mariadb-dump"];

/** The folder of a file system that has these programs on its PATH, and nothing else. */
export function clientToolsRoot(tools: Exclude<ClientTools, "none">): Promise<string> {
  return tools === "mariadb" ? mariadbRoot() : mysqlRoot();
}

/** The machine's own, which are Debian's. */
async function mariadbRoot(): Promise<string> {
  const { size, mtimeMs } = statSync("/usr/bin/mariadb");
  return cached("tools-mariadb", keyOf(String(size), String(mtimeMs)), async (draft) => {
    const bin = join(draft, "usr/bin");
    mkdirSync(bin, { recursive: true, mode: 0o755 });
    const binaries = ["mariadb", "mariadb-dump"].map((name) => `/usr/bin/${name}`);
    for (const binary of binaries) copyFileSync(binary, join(bin, basename(binary)));
    for (const library of await sharedLibraries(binaries)) copyLibrary(library, draft);
    symlinkSync("mariadb", join(bin, "mysql"));
    symlinkSync("mariadb-dump", join(bin, "mysqldump"));
  });
}

/** MySQL's, with the C library and the loader they were made for: they run on any Linux, from /opt/mysql. */
async function mysqlRoot(): Promise<string> {
  const folder = await fetched("mysql-client");
  return cached("tools-mysql", keyOf(basename(folder)), async (draft) => {
    const home = join(draft, "opt/mysql");
    for (const each of [home, join(draft, "usr/bin")])
      mkdirSync(each, { recursive: true, mode: 0o755 });
    await run(["cp", "-a", join(folder, "lib"), join(folder, "bin"), home]);
    for (const name of ["mysql", "mysqldump"])
      symlinkSync(`/opt/mysql/bin/${name}`, join(draft, "usr/bin", name));
    const plugins = join(draft, "usr/lib/mysql/plugin");
    mkdirSync(plugins, { recursive: true });
    const plugin = "mysql_native_password.so";
    copyFileSync(join(folder, "lib", plugin), join(plugins, plugin));
  });
}

/** The libraries that programs are loaded with, each once. */
export async function sharedLibraries(binaries: readonly string[]): Promise<string[]> {
  const listing = await run(["ldd", ...binaries]);
  const paths = listing.matchAll(/(\/\S+\.so\S*) \(0x/g);
  return [...new Set([...paths].map(([, path]) => path ?? ""))].filter(Boolean);
}

/** Puts a library of the machine's where a root file system has it. */
export function copyLibrary(library: string, root: string): void {
  const target = join(root, dirname(library).replace(/^\/(lib|lib64)\b/, "/usr/$1"));
  mkdirSync(target, { recursive: true });
  copyFileSync(realpathSync(library), join(target, basename(library)));
}
