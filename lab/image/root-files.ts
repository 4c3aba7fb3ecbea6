import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { run } from "../shell.ts";
import { copyLibrary, sharedLibraries } from "./client-tools.ts";

const nodeModules = join(import.meta.dirname, "../../node_modules");

/** Says which versions of other people's files an image is made from. */
export function sourceVersions(): string {
  const manifests = ["mysql2", "yaml", "node"].map((name) =>
    join(nodeModules, name, "package.json"),
  );
  return manifests.map((file) => readFileSync(file, "utf8")).join("\n");
}

/** What an operator's commands may find in the container, and what the stand-in itself uses. */
const programs = (
  "bash sh env cat ls cp mv rm mkdir rmdir chmod chown ln touch date sleep head tail wc sort uniq cut tr tee " +
  "grep sed awk find xargs df du stat id hostname uname printf echo test true false basename dirname " +
  "readlink realpath sha256sum md5sum gzip tar mktemp timeout nohup setsid kill ps"
).split(" ");

function findProgram(name: string): string | undefined {
  return ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map((dir) => join(dir, name)).find(existsSync);
}

/** The packages a package needs at run time, itself included. */
function packageClosure(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const manifest = JSON.parse(readFileSync(join(nodeModules, name, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    packageClosure(dependency, seen);
  return seen;
}

/** The stand-in's programs, without their types: stripping them at each start would cost 80 ms and 35 MB. */
async function writeStandIn(root: string): Promise<void> {
  const source = join(import.meta.dirname, "oms");
  const target = join(root, "opt/oms");
  const strip = join(import.meta.dirname, "strip-types.ts");
  await run([process.execPath, "--disable-warning=ExperimentalWarning", strip, source, target]);
  writeFileSync(join(target, "package.json"), '{"type":"module"}\n');
  for (const name of ["mysql2", "yaml"].flatMap((top) => [...packageClosure(top)]))
    cpSync(join(nodeModules, name), join(target, "node_modules", name), {
      recursive: true,
      filter: (path) => !/\.(map|md|d\.ts)$/.test(path),
    });
  const scripts = {
    "usr/bin/supervisorctl": 'exec node /opt/oms/supervisorctl.js "$@"',
    // A script that works through others, like its model: it and what it has started are processes of their own.
    "root/docker_init.sh": 'node /opt/oms/docker-init.js "$@"\nexit $?',
  };
  for (const [path, body] of Object.entries(scripts))
    writeFileSync(join(root, path), `#!/bin/bash\n${body}\n`, { mode: 0o755 });
}

/**
 * Fills `root` with the stand-in's file system, taken from this machine's own Debian packages: nothing is
 * pulled from a registry.
 */
export async function writeRootFiles(root: string): Promise<void> {
  const folders = [
    "etc/pki/nginx",
    "home/admin/conf",
    "home/admin/logs",
    "home/ds/store",
    "home/ds/run",
    "opt/oms",
    "proc",
    "sys",
    "dev",
    "root",
    "run",
    "tmp",
    "usr/bin",
    "usr/lib",
    "usr/lib64",
    "var/log",
  ];
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true, mode: 0o755 });
  chmodSync(join(root, "tmp"), 0o1777);
  for (const folder of ["bin", "lib", "lib64"]) symlinkSync(`usr/${folder}`, join(root, folder));
  const found = programs.map((name) => [name, findProgram(name)] as const);
  const binaries: string[] = [];
  for (const [name, path] of found) {
    if (path === undefined) continue;
    const real = realpathSync(path);
    binaries.push(real);
    copyFileSync(real, join(root, "usr/bin", name));
  }
  const node = realpathSync(join(nodeModules, "node/bin/node"));
  copyFileSync(node, join(root, "usr/bin/node"));
  for (const library of await sharedLibraries([...binaries, node])) copyLibrary(library, root);
  writeFileSync(
    join(root, "etc/passwd"),
    "root:x:0:0:root:/root:/bin/bash\nadmin:x:500:500::/home/admin:/bin/bash\n",
  );
  writeFileSync(join(root, "etc/group"), "root:x:0:\nadmin:x:500:\n");
  await writeStandIn(root);
}
