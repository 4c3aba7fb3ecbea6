"use client";

import { RadioCards } from "#components/ui/radio-cards.tsx";

export interface WayFieldsProps {
  from: string;
  to: string;
  /** The releases on the way of the documented chain. */
  over: readonly string[];
  /** Whether one upgrade is documented, too. */
  documented: boolean;
  chosen: "direct" | "chain";
  onChange: (way: "direct" | "chain") => void;
}

/** One upgrade, or several one after another, with what each means. */
export function WayFields({ from, to, over, documented, chosen, onChange }: WayFieldsProps) {
  const hops = over.length + 1;
  const chain = {
    value: "chain" as const,
    title: `In ${hops} hops: ${[from, ...over, to].join(" → ")}`,
    description: `Every hop is documented. One approval and one outage for all of them; the databases are dumped before each hop, so the outage is longer and the backups need ${hops} times the room. It can be rolled back to ${from} or to any release on the way.`,
  };
  const direct = {
    value: "direct" as const,
    title: `Directly: ${from} → ${to}`,
    description: documented
      ? "Documented. The shortest outage; it can be rolled back to the beginning."
      : "Not documented: it needs a reason in writing, which the audit keeps.",
  };
  return (
    <fieldset className="grid gap-1.5">
      <legend className="pb-1.5 font-medium text-sm">Way</legend>
      <RadioCards
        aria-label="Way"
        value={chosen}
        onValueChange={onChange}
        options={documented ? [direct, chain] : [chain, direct]}
      />
    </fieldset>
  );
}
