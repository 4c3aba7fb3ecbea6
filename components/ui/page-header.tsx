import type { ReactNode } from "react";
import { HelpLink } from "#components/ui/help-link.tsx";
import type { HelpTarget } from "#lib/help/pages.ts";

export interface PageHeaderProps {
  title: ReactNode;
  /** State, version: what belongs beside the title. */
  badges?: ReactNode;
  /** One line: what this page is for, or the most important fact. */
  description?: ReactNode;
  /** Where the documentation says more. */
  help?: HelpTarget;
  /** Buttons, the next action first. */
  actions?: ReactNode;
}

/** The head of a page: its `h1`. */
export function PageHeader({ title, badges, description, help, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-full flex-1 basis-72">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
          {badges}
        </div>
        {(description || help) && (
          <p className="mt-0.5 max-w-3xl text-muted text-sm">
            {description} {help && <HelpLink to={help} />}
          </p>
        )}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}

export interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  /** Where the documentation says more. */
  help?: HelpTarget;
  actions?: ReactNode;
  id?: string;
  children: ReactNode;
}

/** A part of a page under its own `h2`. */
export function Section({ title, description, help, actions, id, children }: SectionProps) {
  return (
    <section {...(id && { id })} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-base">{title}</h2>
          {(description || help) && (
            <p className="max-w-3xl text-muted text-sm">
              {description} {help && <HelpLink to={help} />}
            </p>
          )}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
