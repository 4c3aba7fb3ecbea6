import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { useTranslations } from "#i18n";

export interface CodeBlockProps {
  code: string;
  /** Names it for screen readers and above the code: "hz-1", "config.yaml". */
  label: string;
  /** Something short at the right of the label: an exit code, a duration. */
  aside?: ReactNode;
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean;
  /** A class that limits the height: "max-h-64". */
  className?: string;
}

/** A command, a file, or output, to be read and copied. */
export function CodeBlock({ code, label, aside, wrap = false, className }: CodeBlockProps) {
  const t = useTranslations("ui");
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border bg-sunken">
      <figcaption className="flex h-8 items-center gap-3 border-b pr-0.5 pl-3 text-muted text-xs">
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {aside}
        <CopyButton text={code} label={t("copyLabel", { label })} />
      </figcaption>
      <section
        aria-label={label}
        // A region that scrolls must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
        className={cn("overflow-auto focus-visible:-outline-offset-2", className)}
      >
        <pre
          className={cn(
            "w-fit min-w-full px-3 py-2.5 font-mono text-xs",
            wrap && "w-auto whitespace-pre-wrap [overflow-wrap:anywhere]",
          )}
        >
          {code}
        </pre>
      </section>
    </figure>
  );
}

/** A command, host or path within a sentence. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <code className="rounded-sm bg-active px-1 py-px font-mono text-[0.92em] [overflow-wrap:anywhere]">
      {children}
    </code>
  );
}
