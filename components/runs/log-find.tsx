"use client";

import { ChevronDown, ChevronUp, ListFilter } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { Translator } from "#lib/i18n/types.ts";

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
  const format = useFormat();
  const t = useTranslations("runs");
  const { text, onChange, hits, current, onStep, onlyHits, onOnlyHits, className } = props;
  const none = !hits;
  return (
    <search aria-label={t("log")} className={cn("flex min-w-0 items-center", className)}>
      <Input
        type="search"
        aria-label={t("findInTheLog")}
        placeholder={t("find")}
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
        {hits !== null && hitWords(hits, current, t, format)}
      </span>
      <IconButton
        icon={ChevronUp}
        label={t("previousHitShiftEnter")}
        size="sm"
        className="ml-1"
        disabled={none}
        onClick={() => onStep(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={t("nextHitEnter")}
        size="sm"
        disabled={none}
        onClick={() => onStep(1)}
      />
      <IconButton
        icon={ListFilter}
        label={t("onlyLinesThatHoldIt")}
        size="sm"
        aria-pressed={onlyHits}
        className={onlyHits ? "bg-active text-fg" : ""}
        onClick={() => onOnlyHits(!onlyHits)}
      />
    </search>
  );
}

function hitWords(
  hits: number,
  current: number | null,
  t: Translator<"runs">,
  format: ReturnType<typeof useFormat>,
): string {
  if (hits === 0) return t("none");
  return current === null ? format.number(hits) : t("of", { current, hits });
}
