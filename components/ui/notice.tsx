import { CircleAlert, CircleCheck, Hand, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";

export type NoticeTone = "neutral" | "ok" | "run" | "warn" | "fail" | "wait";

export interface NoticeProps {
  tone?: NoticeTone;
  /** What it is, in a few words. */
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  /** `alert` when it appears by itself and must be heard. */
  role?: "alert" | "status";
  className?: string;
}

const looks: Record<NoticeTone, { icon: LucideIcon; box: string; ink: string }> = {
  neutral: { icon: Info, box: "border-line bg-sunken", ink: "text-muted" },
  ok: { icon: CircleCheck, box: "border-ok-line bg-ok-tint", ink: "text-ok" },
  run: { icon: Info, box: "border-run-line bg-run-tint", ink: "text-run" },
  warn: { icon: TriangleAlert, box: "border-warn-line bg-warn-tint", ink: "text-warn" },
  fail: { icon: CircleAlert, box: "border-fail-line bg-fail-tint", ink: "text-fail" },
  wait: { icon: Hand, box: "border-wait-line bg-wait-tint", ink: "text-wait" },
};

/** A remark within a page that must not be missed; for what passes by itself use a toast. */
export function Notice({
  tone = "neutral",
  title,
  children,
  actions,
  role,
  className,
}: NoticeProps) {
  const { icon: Icon, box, ink } = looks[tone];
  return (
    <div
      {...(role && { role })}
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3 py-2.5 text-sm",
        box,
        className,
      )}
    >
      <Icon className={cn("mt-0.5 size-4 shrink-0", ink)} aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "text-muted" : undefined}>{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
