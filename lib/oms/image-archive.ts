import { z } from "zod";
import type { ArchiveFacts } from "#lib/domain/facts.ts";

/** What `docker save` writes beside the layers. */
const Manifest = z.array(z.object({ RepoTags: z.array(z.string()).nullish() })).min(1);

/**
 * Reads what `preflightLooks.archiveManifest` answered: the size, then manifest.json.
 *
 * @param compressed whether the file is a compressed tar archive
 */
export function readArchive(
  path: string,
  answer: { code: number | null; stdout: string; stderr: string },
  compressed: boolean,
): ArchiveFacts {
  const [size = "", ...rest] = answer.stdout.split("\n");
  const facts = { path, bytes: Number(size) || 0, compressed };
  const not = (isImage: false | null, trouble: string) => {
    return { ...facts, isImage, references: [], trouble };
  };
  if (answer.code !== 0) {
    return /manifest\.json: Not found in archive/i.test(answer.stderr)
      ? not(false, "it is an archive, but has no manifest.json: docker save did not make it")
      : not(null, answer.stderr.trim().split("\n")[0] || "tar failed");
  }
  let value: unknown;
  try {
    value = JSON.parse(rest.join("\n"));
  } catch {
    return not(false, "its manifest.json is not JSON");
  }
  const manifest = Manifest.safeParse(value);
  if (!manifest.success) return not(false, "its manifest.json is not one of docker save");
  const references = manifest.data.flatMap((image) => image.RepoTags ?? []);
  return { ...facts, isImage: true, references, trouble: null };
}

/** Room that `docker load` may need for an archive, bytes; layers of OMS shrink to about a third. */
export function bytesToLoad({ bytes, compressed }: Pick<ArchiveFacts, "bytes" | "compressed">) {
  return compressed ? bytes * 3 : Math.ceil(bytes * 1.1);
}
