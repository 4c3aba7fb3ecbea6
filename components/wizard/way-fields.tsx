"use client";

import { RadioCards } from "#components/ui/radio-cards.tsx";
import { useTranslations } from "#i18n";

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
  const t = useTranslations("wizard");
  const hops = over.length + 1;
  const chain = {
    value: "chain" as const,
    title: t("inHops", { hops, way: [from, ...over, to].join(" → ") }),
    description: t("chainMeans", { hops, from }),
  };
  const direct = {
    value: "direct" as const,
    title: t("directly", { from, to }),
    description: documented ? t("directMeans") : t("undocumentedMeans"),
  };
  return (
    <fieldset className="grid gap-1.5">
      <legend className="pb-1.5 font-medium text-sm">{t("way")}</legend>
      <RadioCards
        aria-label={t("way")}
        value={chosen}
        onValueChange={onChange}
        options={documented ? [direct, chain] : [chain, direct]}
      />
    </fieldset>
  );
}
