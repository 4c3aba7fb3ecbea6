import { cn } from "#components/ui/class-names.ts";
import { type Glyph, type StateName, states } from "#components/ui/states.ts";

const shift: Partial<Record<Glyph["outline"], string>> = {
  triangle: "translate(0 1.2)",
  none: "translate(8 8) scale(1.5) translate(-8 -8.2)",
};

/** Strokes inside a 16 by 16 box. */
const marks: Record<Exclude<NonNullable<Glyph["mark"]>, "dot">, string> = {
  check: "M5 8.3 7.1 10.4 11 6",
  cross: "M5.8 5.8 10.2 10.2M10.2 5.8 5.8 10.2",
  bang: "M8 5v3.4M8 10.9v.01",
  question: "M6.2 6.4a1.85 1.85 0 1 1 2.5 1.75c-.5.2-.7.5-.7 1M8 11.4v.01",
  pause: "M6.4 5.9v4.2M9.6 5.9v4.2",
  person: "M8 7.4a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8ZM5.3 11.2c.4-1.3 1.4-2 2.7-2s2.3.7 2.7 2",
  undo: "M6.4 5 4.8 6.7 6.4 8.4M5 6.7h3.8a1.9 1.9 0 0 1 0 3.8H7",
  slash: "M3.8 12.2 12.2 3.8",
  skip: "M5.4 5.7 7.7 8 5.4 10.3M8.6 5.7 10.9 8 8.6 10.3",
};

export interface StateGlyphProps {
  state: StateName;
  className?: string;
}

/** A state's icon, in the text's colour. Silent: the word stands beside it. */
export function StateGlyph({ state, className }: StateGlyphProps) {
  const { outline, mark }: Glyph = states[state].glyph;
  const filled = outline === "disc" || outline === "triangle";
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={cn("size-4 shrink-0", className)}
    >
      {outline === "disc" && <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />}
      {outline === "ring" && <circle cx="8" cy="8" r="6.25" />}
      {outline === "dashed" && <circle cx="8" cy="8" r="6.25" strokeDasharray="2.4 2.5" />}
      {outline === "triangle" && (
        <path d="M8 2.2 14.6 13.6H1.4Z" fill="currentColor" strokeWidth="1.6" />
      )}
      {mark === "dot" && (
        <circle
          cx="8"
          cy="8"
          r={outline === "dashed" ? 1.5 : 3}
          fill="currentColor"
          stroke="none"
          className={state === "running" ? "animate-breathe motion-reduce:animate-none" : undefined}
        />
      )}
      {mark && mark !== "dot" && (
        <path
          d={marks[mark]}
          className={filled ? "stroke-raised" : undefined}
          transform={shift[outline]}
        />
      )}
    </svg>
  );
}
