"use client";

import type { ShownLine } from "#components/live/feed-state.ts";
import { cn } from "#components/ui/class-names.ts";
import { Clock } from "#components/ui/clock.tsx";
import { splitAtHits } from "./log-filter.ts";

export interface LogLineProps {
  line: ShownLine;
  /** The node's name, and what the step does, for a hover. */
  host: string;
  title: string;
  /** What is looked for, to be marked. */
  find: string;
  wrap: boolean;
}

/** One line: when, where, what. Commands stand out, so does what came on standard error. */
export function LogLine({ line, host, title, find, wrap }: LogLineProps) {
  const command = line.stream === "note" && /^(\$|mysql>) /.test(line.text);
  return (
    <div className="flex gap-3 px-3 font-mono text-xs/5" title={title}>
      <Clock at={line.at} className="shrink-0 select-none text-faint" />
      <span className="w-20 shrink-0 select-none truncate text-muted max-sm:w-12">{host}</span>
      <span
        className={cn(
          "min-w-0",
          wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre",
          command && "text-accent-text",
          line.stream === "note" && !command && "text-muted",
          line.stream === "stderr" && "text-warn",
        )}
      >
        {splitAtHits(line.text, find).map((part, index) =>
          index % 2 === 1 ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text.
            <mark key={index} className="rounded-sm bg-warn-line text-fg">
              {part}
            </mark>
          ) : (
            part
          ),
        )}
      </span>
    </div>
  );
}
