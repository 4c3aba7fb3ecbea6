import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "#components/ui/class-names.ts";
import { Tooltip, type TooltipSide } from "#components/ui/tooltip.tsx";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  icon: LucideIcon;
  /** What it does: its accessible name and its tooltip. */
  label: string;
  size?: "sm" | "md";
  side?: TooltipSide;
}

/** A button that is only an icon; the tooltip names it. */
export function IconButton({
  icon: Icon,
  label,
  size = "md",
  side = "bottom",
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} side={side}>
      <button
        type={type}
        aria-label={label}
        className={cn(
          "inline-grid shrink-0 place-items-center rounded-md text-muted transition-colors",
          "enabled:hover:bg-hover enabled:hover:text-fg data-[state=open]:bg-hover",
          "disabled:cursor-not-allowed disabled:opacity-50",
          size === "sm" ? "size-7" : "size-8",
          className,
        )}
        {...rest}
      >
        <Icon className={size === "sm" ? "size-3.5" : "size-4"} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
