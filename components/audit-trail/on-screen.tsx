import type { ReactNode } from "react";

export interface OnScreenProps {
  /** The rows as a person has sorted them. */
  children: ReactNode;
  /** The same in the order of time, where that is another one: so they are printed. */
  paper: ReactNode;
}

/** What is sorted on the screen alone: a printed record stands in the order in which things happened. */
export function OnScreen({ children, paper }: OnScreenProps) {
  return (
    <>
      {/* The same element however it is sorted: the heading that was pressed keeps the focus. */}
      <div className={paper ? "print:hidden" : ""}>{children}</div>
      {paper && <div className="hidden print:block">{paper}</div>}
    </>
  );
}
