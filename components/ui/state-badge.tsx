import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { type StateName, states, toneBox, toneText } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";

export interface StateBadgeProps {
  state: StateName;
  /** Other words for it: "Paused by operator". */
  label?: ReactNode;
  /** `plain` is icon and word, for tables; `box` stands alone, as beside a title. */
  look?: "plain" | "box";
  className?: string;
}

/** A state as icon, word and colour. */
export function StateBadge({ state, label, look = "plain", className }: StateBadgeProps) {
  const t = useTranslations("words");
  const { tone } = states[state];
  return (
    <span
      className={cn(
        "inline-flex max-w-full items-center gap-1.5 align-bottom font-medium text-sm",
        look === "box" ? ["h-6 rounded-full border pr-2.5 pl-1.5", toneBox[tone]] : toneText[tone],
        className,
      )}
    >
      <StateGlyph state={state} className="size-3.5" />
      <span className="truncate">{label ?? t(`states.${state}`)}</span>
    </span>
  );
}
