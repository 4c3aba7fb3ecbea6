import { endpoint, idParam } from "#lib/api/endpoint.ts";
import { byteStream } from "#lib/api/text-stream.ts";
import { RunId } from "#lib/domain/ids.ts";
import { downloadBackup } from "#lib/services/download-backup.ts";
import { notFound } from "#lib/services/refusals.ts";

/** A file of a backup, as it is on its node; with `?place=copy` from its second copy. */
export const GET = endpoint<{ runId: string; key: string; index: string }>(
  async ({ actor, params, query }) => {
    const { key, index } = params;
    if (!/^\d$/.test(index)) throw notFound("file of this backup", index);
    const place = query.get("place") === "copy" ? "copy" : "original";
    const runId = idParam(RunId, params.runId);
    const file = await downloadBackup(actor, runId, key, Number(index), place);
    const sha256 = Buffer.from(file.sha256, "hex").toString("base64");
    return new Response(byteStream(file.content), {
      headers: {
        "content-type": "application/octet-stream",
        // Names of files come from names of databases: all but the plainest characters are encoded.
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        "repr-digest": `sha-256=:${sha256}:`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  },
);
