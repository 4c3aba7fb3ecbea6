"use client";

import { cn } from "#components/ui/class-names.ts";
import { Clock } from "#components/ui/clock.tsx";
import { formatStopwatch } from "#components/ui/format.ts";
import { useTranslations } from "#i18n";
import { levelOf } from "#lib/domain/run-log/line-kind.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";
import type { Colour } from "#lib/domain/run-log/text-style.ts";
import { partsOf } from "./log-parts.ts";

/** What programs call by colours is shown in the theme's own, which can be read. */
const colours: Record<Colour, string> = {
  red: "text-fail",
  green: "text-ok",
  yellow: "text-warn",
  blue: "text-accent-text",
  magenta: "text-wait",
  cyan: "text-run",
  grey: "text-faint",
};

export interface LogLineProps {
  line: ShownLine;
  /** Counted from 1 over the whole log of the run. */
  number: number;
  /** The node's name, and what the step does, for a hover. */
  host: string;
  title: string;
  /** What is looked for, to be marked. */
  pattern: RegExp | null;
  /** The hit that was gone to, or the line that the page's address names. */
  current: boolean;
  wrap: boolean;
  /** The moment that times are counted from, ms since the epoch; null: they are the clock's. */
  since: number | null;
  onPick: (number: number) => void;
}

/** One line: when, where, what. Commands stand out, so does what came on standard error. */
export function LogLine({
  line,
  number,
  host,
  title,
  pattern,
  current,
  wrap,
  since,
  onPick,
}: LogLineProps) {
  const t = useTranslations("runs");
  const command = line.stream === "note" && /^(\$|mysql>) /.test(line.text);
  const level = levelOf(line);
  const { parts, leftOut } = partsOf(line, pattern);
  return (
    <div
      className={cn(
        "flex gap-3 px-3 font-mono text-xs/5",
        current && "bg-hover shadow-[inset_2px_0_0_var(--accent)]",
      )}
      title={title}
    >
      {/* Not in the tab order: there are as many as lines, and the address can be typed. */}
      <a
        href={`#L${number}`}
        tabIndex={-1}
        className="shrink-0 select-none text-faint hover:text-accent-text hover:underline"
        onClick={(event) => {
          event.preventDefault();
          onPick(number);
        }}
      >
        {since === null ? <Clock at={line.at} /> : <Passed at={line.at} since={since} />}
        <span className="sr-only">{t("line", { number })}</span>
      </a>
      <span className="w-20 shrink-0 select-none truncate text-muted max-sm:w-12">{host}</span>
      <span
        className={cn(
          "min-w-0",
          wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre",
          command && "text-accent-text",
          line.stream === "note" && !command && "text-muted",
          line.stream === "stderr" && "text-warn",
          level === "warning" && "text-warn",
          level === "error" && "text-fail",
        )}
      >
        {parts.map(({ text, hit, colour, bold }, index) => {
          const look = cn(colour && colours[colour], bold && "font-semibold");
          if (!hit && look === "") return text;
          const Part = hit ? "mark" : "span";
          return (
            <Part
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text.
              key={index}
              className={cn(
                look,
                hit && "rounded-sm bg-warn-line text-fg",
                hit && current && "bg-accent text-accent-contrast",
              )}
            >
              {text}
            </Part>
          );
        })}
        {leftOut > 0 && (
          <span className="select-none text-muted"> {t("moreCharacters", { leftOut })}</span>
        )}
      </span>
    </div>
  );
}

/** How long after the run's start a line came: `+03:41`. */
function Passed({ at, since }: { at: string; since: number }) {
  return (
    <time dateTime={at} title={at} className="inline-block min-w-16 whitespace-nowrap text-right">
      +{formatStopwatch(Date.parse(at) - since)}
    </time>
  );
}
