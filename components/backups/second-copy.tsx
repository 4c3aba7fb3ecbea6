import { RelativeTime } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { CopyState, CopyView } from "#lib/domain/backup-copy.ts";

const states = {
  waiting: "pending",
  copying: "running",
  proven: "pass",
  failed: "fail",
} as const satisfies Record<CopyState, unknown>;

/** Where the second copy of a dump is, or how far it is. */
export function SecondCopyCell({ copy, database }: { copy: CopyView | null; database: string }) {
  const t = useTranslations("backups");
  if (!copy) return <span className="text-faint">{t("none")}</span>;
  const { state, place, paths, copied, total, trouble, provenAt } = copy;
  return (
    <span className="grid min-w-0 gap-1">
      <span className="flex flex-wrap items-center gap-x-2">
        <StateBadge state={states[state]} label={t(`copies.${state}`)} />
        <span className="text-muted text-xs">{t("onPlace", { place })}</span>
      </span>
      {state === "proven" ? (
        <span className="flex items-center text-muted text-xs">
          {provenAt && <RelativeTime at={provenAt} />}
          {paths.map((path) => (
            <CopyButton key={path} text={path} label={t("copyPath", { path })} />
          ))}
        </span>
      ) : (
        copied > 0 && (
          <ProgressBar
            label={t("secondCopyOf", { database })}
            value={copied}
            max={total}
            valueText={`${Math.floor((100 * copied) / Math.max(1, total))} %`}
          />
        )
      )}
      {trouble && state !== "proven" && (
        <span className="max-w-52 whitespace-normal text-muted text-xs">
          <Said>{trouble}</Said>
        </span>
      )}
    </span>
  );
}
