import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { useTranslations } from "#i18n";

export interface ErrorStateProps {
  /** What did not work: "The audit could not be read". */
  title: string;
  /** Why, as far as it is known. */
  why?: ReactNode;
  /** What to do now. */
  next?: ReactNode;
  /** Finds the matching lines in the server's log. */
  id?: string;
  /** Buttons: "Try again". */
  actions?: ReactNode;
}

/** What stands in the place of something that could not be shown. */
export function ErrorState({ title, why, next, id, actions }: ErrorStateProps) {
  const t = useTranslations("ui");
  return (
    <div role="alert" className="rounded-lg border border-fail-line bg-fail-tint px-4 py-3.5">
      <div className="flex items-start gap-2.5">
        <StateGlyph state="failed" className="mt-0.5 text-fail" />
        <div className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]">
          <h2 className="font-medium">{title}</h2>
          {why && <div className="text-muted">{why}</div>}
          {next && <div className="mt-2">{next}</div>}
          {(actions || id) && (
            <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
              {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
              {id && (
                <span className="inline-flex items-center gap-1 text-muted text-xs">
                  {t.rich("errorId", {
                    id,
                    code: (chunks) => <code className="font-mono">{chunks}</code>,
                  })}
                  <CopyButton text={id} label={t("copyErrorId")} />
                </span>
              )}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
