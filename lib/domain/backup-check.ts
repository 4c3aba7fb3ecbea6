import { z } from "zod";
import type { Backup, DumpFile } from "./backup.ts";
import { By } from "./events.ts";

/** What came of reading a backup's files again, long after they were written. */
export const BackupCheck = z.object({
  /** `unknown`: the node could not be asked, which says nothing about the files. */
  result: z.enum(["whole", "damaged", "missing", "unknown"]),
  /** One sentence: what was seen. */
  detail: z.string(),
  at: z.iso.datetime(),
  by: By,
});
export type BackupCheck = z.infer<typeof BackupCheck>;

export type BackupVerdict = Pick<BackupCheck, "result" | "detail">;

/** What the proof script said: the files it could read, and its complaint when it stopped at one. */
export interface ProofReport {
  files: readonly DumpFile[];
  /** Null when it read all of them. */
  complaint: { missing: boolean; text: string } | null;
}

/** Whether the files are what they were when they were proven. Pure. */
export function judgeBackup({ data, objects }: Backup, report: ProofReport): BackupVerdict {
  const { complaint } = report;
  if (complaint) {
    return { result: complaint.missing ? "missing" : "damaged", detail: sentence(complaint.text) };
  }
  for (const file of objects ? [data, objects] : [data]) {
    const now = report.files.find(({ path }) => path === file.path);
    if (!now) return { result: "missing", detail: `Nothing was read of ${file.path}.` };
    if (now.bytes !== file.bytes) {
      return {
        result: "damaged",
        detail: `${file.path} has ${now.bytes} bytes instead of ${file.bytes}.`,
      };
    }
    if (now.sha256 !== file.sha256) {
      return {
        result: "damaged",
        detail: `${file.path} has the SHA-256 ${now.sha256.slice(0, 12)}… instead of ${file.sha256.slice(0, 12)}….`,
      };
    }
  }
  return { result: "whole", detail: "Size, SHA-256 and closing line are as they were." };
}

function sentence(text: string): string {
  // What a tool said comes first; the script's own line says what that means.
  const trimmed = text.trim().split("\n").at(-1) ?? "";
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return begun.endsWith(".") ? begun : `${begun}.`;
}
