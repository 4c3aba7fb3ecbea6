import { createHash } from "node:crypto";
import { Backup, type DumpFile } from "#lib/domain/backup.ts";
import { fileName, filesOf } from "#lib/domain/backup-files.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { RunId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { access } from "./access.ts";
import { copyFiles } from "./copy-backup.ts";
import { nodePlace } from "./copy-places.ts";
import { placeOfCopy } from "./copy-rows.ts";
import { notFound } from "./refusals.ts";

export interface Download {
  name: string;
  sha256: string;
  /**
   * The content, as it is read. Its last piece comes only when the whole has the SHA-256: what is damaged
   * never arrives as a whole file.
   */
  content: AsyncIterable<Buffer>;
}

/**
 * A file of a backup, streamed from its node, or from its second copy. The audit has a line when it
 * begins and one when it has ended, whole or not.
 *
 * @param place `original` or `copy`
 * @throws UpliftError not_found, backup.deleted; what is wrong on the way while it is read
 */
export async function openBackup(
  actor: Actor,
  runId: RunId,
  key: string,
  index: number,
  place: "original" | "copy",
): Promise<Download> {
  const row = await db().backup.findUnique({
    where: { runId_key: { runId, key } },
    include: { copy: true },
  });
  if (!row) throw notFound(`backup of run ${runId}`, key);
  if (row.deletedAt !== null) {
    throw new UpliftError("backup.deleted", "The files of this backup were deleted.", {
      remedy: "The audit says by whom.",
    });
  }
  const backup = Backup.parse(JSON.parse(row.body));
  const file = filesOf(backup)[index];
  if (!file) throw notFound("file of this backup", String(index));
  if (place === "copy" && row.copy?.state !== "proven") throw notFound("proven copy of", key);
  const at = row.copy?.directory ?? "";
  const source =
    place === "copy" && row.copy
      ? (await placeOfCopy(row.copy.place)).read(copyFiles(backup, at)[index]?.path ?? "")
      : nodePlace(await access.host(backup.nodeId)).read(file.path);
  const note = (action: "backup.download" | "backup.downloaded" | "backup.not-downloaded") => {
    const detail = { key, place, path: file.path, sha256: file.sha256 };
    return transaction((tx) => audit(tx, actor, action, { type: "run", id: runId }, detail));
  };
  await note("backup.download");
  return {
    name: `${runId}-${fileName(file)}`,
    sha256: file.sha256,
    content: noted(proven(source, file), note),
  };
}

/** Passes everything on, the last piece only when size and SHA-256 are right. */
export async function* proven(
  source: AsyncIterable<Buffer>,
  file: Pick<DumpFile, "path" | "bytes" | "sha256">,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  let held: Buffer | null = null;
  for await (const chunk of source) {
    if (held) yield held;
    hash.update(chunk);
    bytes += chunk.length;
    held = chunk;
  }
  if (bytes !== file.bytes || hash.digest("hex") !== file.sha256) {
    throw new UpliftError(
      "dump.changed",
      `${file.path} is not what was dumped: its size or SHA-256 has changed.`,
      { remedy: "Check the backup again on the backups page." },
    );
  }
  if (held) yield held;
}

async function* noted(
  source: AsyncIterable<Buffer>,
  note: (action: "backup.downloaded" | "backup.not-downloaded") => Promise<void>,
): AsyncGenerator<Buffer> {
  let whole = false;
  try {
    yield* source;
    whole = true;
  } finally {
    await note(whole ? "backup.downloaded" : "backup.not-downloaded");
  }
}
