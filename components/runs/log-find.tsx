"use client";

import { ChevronDown, ChevronUp, ListFilter } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";

export interface LogFindProps {
  text: string;
  onChange: (text: string) => void;
  /** Lines that hold the text; null when nothing is looked for. */
  hits: number | null;
  /** Which of them was gone to, from 1. */
  current: number | null;
  /** Goes to the next hit, or to the one before. */
  onStep: (step: 1 | -1) => void;
  /** Only lines that hold the text are shown. */
  onlyHits: boolean;
  onOnlyHits: (onlyHits: boolean) => void;
  className?: string;
}

/** Looks for a text in the log: Enter goes to the next line that holds it, Shift+Enter back. */
export function LogFind(props: LogFindProps) {
  const { text, onChange, hits, current, onStep, onlyHits, onOnlyHits, className } = props;
  const none = !hits;
  return (
    <search aria-label="Log" className={cn("flex min-w-0 items-center", className)}>
      <Input
        type="search"
        aria-label="Find in the log"
        placeholder="Find…"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onStep(event.shiftKey ? -1 : 1);
        }}
        className="h-7 min-w-20 flex-1 text-xs sm:h-7 sm:text-xs"
      />
      <span role="status" className="ml-2 whitespace-nowrap text-muted text-xs tabular-nums">
        {hits !== null && hitWords(hits, current)}
      </span>
      <IconButton
        icon={ChevronUp}
        label="Previous hit (Shift+Enter)"
        size="sm"
        className="ml-1"
        disabled={none}
        onClick={() => onStep(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label="Next hit (Enter)"
        size="sm"
        disabled={none}
        onClick={() => onStep(1)}
      />
      <IconButton
        icon={ListFilter}
        label="Only lines that hold it"
        size="sm"
        aria-pressed={onlyHits}
        className={onlyHits ? "bg-active text-fg" : ""}
        onClick={() => onOnlyHits(!onlyHits)}
      />
    </search>
  );
}

function hitWords(hits: number, current: number | null): string {
  const all = hits.toLocaleString("en-GB");
  if (hits === 0) return "none";
  return current === null ? all : `${current.toLocaleString("en-GB")} of ${all}`;
}
