import { StateBadge } from "#components/ui/state-badge.tsx";
import { useSaid } from "#i18n";
import { type Verdict as Counts, verdictWords } from "#lib/domain/preflight.ts";

/** How all checks of a preflight came out, in a few words. */
export function Verdict({ look = "plain", ...counts }: Counts & { look?: "plain" | "box" }) {
  const said = useSaid();
  const { state, label } = verdictWords(counts);
  return <StateBadge look={look} state={state} label={said(label)} />;
}
