import { cn } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";

const button = cn(
  controlStyle,
  "inline-flex items-center justify-between gap-2 text-left data-placeholder:text-faint",
);

/** The box that shows what is chosen. */
export const selectStyle = {
  sm: cn(button, "h-7 w-auto px-2 text-xs sm:text-xs"),
  md: cn(button, "h-9 sm:h-8"),
};
