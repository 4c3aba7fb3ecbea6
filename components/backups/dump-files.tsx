import { RelativeTime } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FileSize } from "#components/ui/file-size.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { Backup } from "#lib/domain/backup.ts";
import type { BackupCheck } from "#lib/domain/backup-check.ts";
import { bytesOf, filesOf } from "#lib/domain/backup-files.ts";

/** Where the files are; the whole path is there to be copied. */
export function DumpPaths({ backup }: { backup: Backup }) {
  const t = useTranslations("backups");
  return (
    <span className="grid min-w-0 gap-0.5">
      {filesOf(backup).map(({ path }) => (
        <span key={path} className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{path}</span>
          <CopyButton text={path} label={t("copyPath", { path })} />
        </span>
      ))}
    </span>
  );
}

/** The first digits of each file's SHA-256; the whole on hover, to be copied, and on paper. */
export function DumpChecksums({ backup }: { backup: Backup }) {
  const t = useTranslations("backups");
  return (
    <span className="grid gap-0.5">
      {filesOf(backup).map(({ path, sha256 }) => (
        <span key={path} className="flex items-center gap-1">
          <code className="font-mono text-xs" title={sha256}>
            <span className="print:hidden">{sha256.slice(0, 12)}</span>
            <span className="hidden [overflow-wrap:anywhere] print:inline">{sha256}</span>
          </code>
          <CopyButton text={sha256} label={t("copySha256Of", { path })} />
        </span>
      ))}
    </span>
  );
}

/** As stored; under it what it was before it was compressed, if it was. */
export function DumpSizes({ backup }: { backup: Backup }) {
  const t = useTranslations("backups");
  const files = filesOf(backup);
  const text = files.reduce((sum, { bytes, textBytes }) => sum + (textBytes ?? bytes), 0);
  const { compression } = backup.data;
  return (
    <span className="grid">
      <FileSize bytes={bytesOf(backup)} />
      {compression !== "none" && (
        <span className="text-muted text-xs">
          {t.rich("compressedFrom", { compression, filesize: () => <FileSize bytes={text} /> })}
        </span>
      )}
    </span>
  );
}

/** Proven: read again, found whole, and compared with its database; rehearsed: restored as well. */
export function ProvenBadge({ backup }: { backup: Pick<Backup, "proven" | "rehearsed"> }) {
  const t = useTranslations("backups");
  return backup.proven ? (
    <StateBadge state="pass" label={backup.rehearsed ? t("provenRestoreRehearsed") : t("proven")} />
  ) : (
    <StateBadge state="unknown" label={t("notProven")} />
  );
}

const checkStates = {
  whole: "pass",
  damaged: "fail",
  missing: "fail",
  unknown: "unknown",
} as const satisfies Record<BackupCheck["result"], unknown>;

/** What the last look at the files told, and when it was. */
export function CheckedBadge({ check }: { check: BackupCheck }) {
  const t = useTranslations("backups");
  const said = useSaid();
  return (
    <span className="grid" title={said(check.detail)}>
      <StateBadge state={checkStates[check.result]} label={t(`checked.${check.result}`)} />
      <span className="text-muted text-xs">
        <RelativeTime at={check.at} />
      </span>
      {check.result !== "whole" && (
        <span className="max-w-64 whitespace-normal text-muted text-xs">
          <Said>{check.detail}</Said>
        </span>
      )}
    </span>
  );
}

/** The release whose data a backup holds: in an upgrade of several hops there are some of each. */
export function HeldVersion({ backup: { version } }: { backup: Pick<Backup, "version"> }) {
  const t = useTranslations("backups");
  if (version === null) return null;
  return <span className="block font-normal text-muted">{t("ofVersion", { version })}</span>;
}
