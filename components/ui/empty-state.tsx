import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface EmptyStateProps {
  icon?: LucideIcon;
  /** "No backups yet" */
  title: string;
  /** What will be here and where it comes from. */
  children: ReactNode;
  /** The first action. */
  action?: ReactNode;
}

/** What a list says when it has nothing: what it is for, and what to do first. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 rounded-lg border border-line-strong border-dashed px-6 py-12 text-center">
      {Icon && <Icon className="mb-2 size-6 text-faint" strokeWidth={1.5} aria-hidden="true" />}
      <h2 className="font-medium text-base">{title}</h2>
      <p className="max-w-md text-balance text-muted text-sm">{children}</p>
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
