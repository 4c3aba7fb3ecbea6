import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { cached, contentsOf, keyOf } from "../cache.ts";
import { imageName } from "../options.ts";
import { run } from "../shell.ts";
import { type ClientTools, clientToolsRoot } from "./client-tools.ts";
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

interface Layer {
  file: string;
  digest: string;
  key: string;
}

/** A layer with what `fill` puts into a root file system. */
async function layer(
  name: string,
  key: string,
  fill: (root: string) => Promise<void>,
): Promise<Layer> {
  const dir = await cached(name, key, async (draft) => {
    const root = join(draft, "root");
    mkdirSync(root, { mode: 0o755 });
    await fill(root);
    await run(["tar", "-C", root, ...tarFlags, "-cf", join(draft, "layer.tar"), "."]);
    await rm(root, { recursive: true });
    writeFileSync(join(draft, "digest"), await digest(join(draft, "layer.tar")));
  });
  return { file: join(dir, "layer.tar"), digest: readFileSync(join(dir, "digest"), "utf8"), key };
}

/** What all releases share: nearly everything. */
const baseLayer = (): Promise<Layer> =>
  layer("base", keyOf(contentsOf(import.meta.dirname), sourceVersions()), writeRootFiles);

async function toolsLayer(tools: Exclude<ClientTools, "none">): Promise<Layer> {
  const root = await clientToolsRoot(tools);
  return layer(`layer-${tools}`, keyOf(basename(root)), async (target) => {
    await run(["cp", "-a", `${root}/.`, target]);
  });
}

const versionLayer = (version: string): Promise<Layer> =>
  layer("version", keyOf(version), async (root) => {
    mkdirSync(join(root, "opt/oms"), { recursive: true, mode: 0o755 });
    writeFileSync(join(root, "opt/oms/version"), version);
  });

/** Writes an image archive by hand: `docker load` takes it, and no Docker Engine is needed to make it. */
async function writeArchive(
  draft: string,
  version: string,
  layers: readonly (Layer & { name: string })[],
): Promise<void> {
  const parts = join(draft, "parts");
  mkdirSync(parts);
  for (const { name, file } of layers) {
    mkdirSync(join(parts, name));
    // No hard link: another maker's would change the file's times while `tar` reads it.
    symlinkSync(file, join(parts, name, "layer.tar"));
  }
  const created = "2023-11-14T22:13:20Z";
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    created,
    config: {
      Entrypoint: ["node", "/opt/oms/main.js"],
      Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      WorkingDir: "/root",
      Labels: { description: `Test double of OMS ${version}, made by the lab` },
    },
    rootfs: { type: "layers", diff_ids: layers.map((each) => `sha256:${each.digest}`) },
    history: layers.map(({ name }) => ({ created, created_by: `lab: ${name}` })),
  });
  const configName = `${createHash("sha256").update(config).digest("hex")}.json`;
  writeFileSync(join(parts, configName), config);
  const manifest = {
    Config: configName,
    RepoTags: [imageName(version)],
    Layers: layers.map(({ name }) => `${name}/layer.tar`),
  };
  writeFileSync(join(parts, "manifest.json"), JSON.stringify([manifest]));
  const files = ["manifest.json", configName, ...manifest.Layers];
  await run(["tar", "-C", parts, "--dereference", "-cf", join(draft, "image.tar"), ...files]);
  await rm(parts, { recursive: true });
}

/** The stand-in image of a release, built when the cache has none. */
export async function buildImage(version: string, tools: ClientTools): Promise<OmsImage> {
  const layers = [
    { name: "stand-in", ...(await baseLayer()) },
    ...(tools === "none" ? [] : [{ name: `tools-${tools}`, ...(await toolsLayer(tools)) }]),
    { name: `release-${version}`, ...(await versionLayer(version)) },
  ];
  const key = keyOf(...layers.map((each) => each.digest));
  const dir = await cached("image", key, (draft) => writeArchive(draft, version, layers));
  return { version, name: imageName(version), archive: join(dir, "image.tar"), key };
}
