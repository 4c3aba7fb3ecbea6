import { Database } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneBox, toneText } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import type { Text } from "#lib/domain/message.ts";
import type { DatabasePlace } from "#lib/domain/run-view/places.ts";

export interface DatabaseBoxProps {
  /** "MetaDB", "Heartbeats". */
  title: string;
  databases: readonly string[];
  /** `host:port`; null: on the MetaDB's own server. */
  server: string | null;
  trouble: Text | null;
  /** Something may be said of it later: there is room for that, so that nothing moves then. */
  roomy: boolean;
  /** What a run does with it now. */
  work: DatabasePlace | null;
  picked: boolean;
  onPick: () => void;
}

/** A database of the deployment; pressing it shows its details. */
export function DatabaseBox(props: DatabaseBoxProps) {
  const said = useSaid();
  const t = useTranslations("topology");
  const { title, databases, server, trouble, roomy, work, picked, onPick } = props;
  const doing = work?.doing && said(work.doing);
  return (
    <button
      type="button"
      aria-pressed={picked}
      {...(doing && { title: doing })}
      onClick={onPick}
      className={cn(
        "flex w-full min-w-0 items-start gap-2 rounded-md border bg-raised px-3 py-2 text-left text-sm transition-colors hover:border-control",
        work && toneBox[states[work.status].tone],
        picked && "border-accent outline-1 outline-accent",
      )}
    >
      <Database
        className={cn("mt-0.5 size-4 shrink-0", trouble ? toneText.fail : "text-muted")}
        aria-hidden="true"
      />
      <span className="grid min-w-0">
        <span className="text-muted text-xs">
          {title}
          {server && <span className="font-mono"> {server}</span>}
        </span>
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{databases.join(", ")}</span>
        {work ? (
          <span className="flex min-w-0 items-center gap-1.5 font-medium text-xs">
            <StateGlyph state={work.status} className="size-3.5" />
            <span className="truncate">{doing}</span>
          </span>
        ) : trouble ? (
          <span className="text-fail text-xs">{t("notReached")}</span>
        ) : (
          roomy && <span className="h-lh text-xs" aria-hidden="true" />
        )}
      </span>
    </button>
  );
}
