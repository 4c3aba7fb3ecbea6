import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export interface PageProps {
  /** `form` keeps lines short, `full` uses the whole screen (a run), `wide` is for lists. */
  width?: "form" | "wide" | "full";
  children: ReactNode;
}

const widths = { form: "max-w-3xl", wide: "max-w-7xl", full: "max-w-none" };

/** The column a page's header and sections stand in, with the space between them. */
export function Page({ width = "wide", children }: PageProps) {
  return (
    <div className={cn("grid w-full grid-cols-[minmax(0,1fr)] content-start gap-6", widths[width])}>
      {children}
    </div>
  );
}
