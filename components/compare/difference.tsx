import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";

/** Below that two steps took as long as each other, ms. */
const alike = 1_000;

export interface DifferenceProps {
  /** How much longer, ms; negative: shorter. */
  ms: number | null;
  /** Large enough to be looked at. */
  marked: boolean;
}

/** "+12 s", "−3 min 4 s", "alike"; a dash where there is nothing to compare. */
export function Difference({ ms, marked }: DifferenceProps) {
  const format = useFormat();
  const t = useTranslations("compare");
  if (ms === null) return <span className="text-faint">—</span>;
  if (Math.abs(ms) < alike) return <span className="text-faint">{t("alike")}</span>;
  const text = `${ms > 0 ? "+" : "−"}${format.duration(Math.abs(ms))}`;
  if (!marked) return <span className="text-muted">{text}</span>;
  return <span className={ms > 0 ? "font-medium text-warn" : "font-medium text-ok"}>{text}</span>;
}
