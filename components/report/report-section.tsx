import type { ReactNode } from "react";

export interface ReportSectionProps {
  title: string;
  /** Begins on a sheet of its own. */
  newSheet?: boolean;
  children: ReactNode;
}

/** A part of the report under its heading. */
export function ReportSection({ title, newSheet = false, children }: ReportSectionProps) {
  return (
    <section
      aria-label={title}
      // On a narrow screen its table scrolls, and what scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
      tabIndex={0}
      {...(newSheet && { "data-new-sheet": "" })}
      className="grid grid-cols-[minmax(0,1fr)] gap-2"
    >
      <h2 className="border-line-strong border-b pb-1 font-semibold text-base">{title}</h2>
      {children}
    </section>
  );
}
