import { createHash } from "node:crypto";
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { cached, contentsOf, keyOf } from "../cache.ts";
import { imageName } from "../options.ts";
import { run } from "../shell.ts";
import { sourceVersions, writeRootFiles } from "./root-files.ts";

export interface OmsImage {
  version: string;
  name: string;
  /** What `docker save` would have written. */
  archive: string;
  /** Identifies the image's content; part of the key of everything made from it. */
  key: string;
}

/** The same bytes for the same files, whoever builds it and whenever. */
const tarFlags = [
  "--sort=name",
  "--owner=0",
  "--group=0",
  "--numeric-owner",
  "--mtime=@1700000000",
];

async function digest(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** The layer all releases share: nearly everything. */
async function baseLayer(): Promise<{ file: string; digest: string; key: string }> {
  const key = keyOf(contentsOf(import.meta.dirname), sourceVersions());
  const dir = await cached("base", key, async (draft) => {
    const root = join(draft, "root");
    await writeRootFiles(root);
    await run(["tar", "-C", root, ...tarFlags, "-cf", join(draft, "layer.tar"), "."]);
    await rm(root, { recursive: true });
    writeFileSync(join(draft, "digest"), await digest(join(draft, "layer.tar")));
  });
  return { file: join(dir, "layer.tar"), digest: readFileSync(join(dir, "digest"), "utf8"), key };
}

async function writeVersionLayer(
  file: string,
  release: { version: string; dumpTool: boolean },
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "oms-layer-"));
  mkdirSync(join(root, "opt/oms"), { recursive: true, mode: 0o755 });
  writeFileSync(join(root, "opt/oms/version"), release.version);
  if (!release.dumpTool) {
    // Files with this prefix remove those of the layers below.
    mkdirSync(join(root, "usr/bin"), { recursive: true, mode: 0o755 });
    for (const tool of ["mysqldump", "mariadb-dump", "mysql", "mariadb"])
      writeFileSync(join(root, "usr/bin", `.wh.${tool}`), "");
  }
  await run(["chmod", "755", root]);
  await run(["tar", "-C", root, ...tarFlags, "-cf", file, "."]);
  await rm(root, { recursive: true });
}

/** Writes an image archive by hand: `docker load` takes it, and no Docker Engine is needed to make it. */
async function writeArchive(
  draft: string,
  base: { file: string; digest: string },
  release: { version: string; dumpTool: boolean },
): Promise<void> {
  const parts = join(draft, "parts");
  mkdirSync(join(parts, "base"), { recursive: true });
  mkdirSync(join(parts, "version"));
  // No hard link: another maker's would change the file's times while `tar` reads it.
  symlinkSync(base.file, join(parts, "base/layer.tar"));
  await writeVersionLayer(join(parts, "version/layer.tar"), release);
  const versionDigest = await digest(join(parts, "version/layer.tar"));
  const created = "2023-11-14T22:13:20Z";
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    created,
    config: {
      Entrypoint: ["node", "/opt/oms/main.js"],
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      WorkingDir: "/root",
      Labels: { description: `Test double of OMS ${release.version}, made by the lab` },
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${base.digest}`, `sha256:${versionDigest}`] },
    history: [
      { created, created_by: "lab: Debian files and the stand-in" },
      { created, created_by: `lab: release ${release.version}` },
    ],
  });
  const configName = `${createHash("sha256").update(config).digest("hex")}.json`;
  writeFileSync(join(parts, configName), config);
  const manifest = {
    Config: configName,
    RepoTags: [imageName(release.version)],
    Layers: ["base/layer.tar", "version/layer.tar"],
  };
  writeFileSync(join(parts, "manifest.json"), JSON.stringify([manifest]));
  const files = ["manifest.json", configName, "base/layer.tar", "version/layer.tar"];
  await run(["tar", "-C", parts, "--dereference", "-cf", join(draft, "image.tar"), ...files]);
  await rm(parts, { recursive: true });
}

/** The stand-in image of a release, built when the cache has none. */
export async function buildImage(version: string, { dumpTool = true } = {}): Promise<OmsImage> {
  const base = await baseLayer();
  const key = keyOf(base.key, version, String(dumpTool));
  const dir = await cached("image", key, (draft) =>
    writeArchive(draft, base, { version, dumpTool }),
  );
  return { version, name: imageName(version), archive: join(dir, "image.tar"), key };
}
