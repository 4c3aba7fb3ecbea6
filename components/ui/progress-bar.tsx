import { cn } from "#components/ui/class-names.ts";
import { type Tone, toneFill } from "#components/ui/states.ts";

export interface ProgressBarProps {
  /** What is progressing. */
  label: string;
  /** How much is done, in the unit of `max`. Never an estimate of the unknown: leave the bar out. */
  value: number;
  max: number;
  /** How screen readers say it: "3 of 5 steps". */
  valueText?: string;
  tone?: Tone;
  className?: string;
}

/** Measured progress. There is no indeterminate form. */
export function ProgressBar({
  label,
  value,
  max,
  valueText,
  tone = "run",
  className,
}: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuetext={valueText ?? `${Math.round(share * 100)} %`}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-active", className)}
    >
      <div
        className={cn("h-full origin-left rounded-full transition-[width]", toneFill[tone])}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
