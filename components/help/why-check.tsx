import { HelpLink } from "#components/ui/help-link.tsx";
import { useTranslations } from "#i18n";
import { type CheckTopic, topicOf } from "#lib/domain/check-topics.ts";
import { checkPages } from "./check-pages.ts";

export interface WhyCheckProps {
  id: string;
  /** Of the check, in the reader's language. */
  title: string;
}

/** Why something is checked, behind a word; nothing for a check of another version. */
export function WhyCheck({ id, title }: WhyCheckProps) {
  const t = useTranslations("help");
  const topic: CheckTopic | null = topicOf(id);
  if (topic === null) return null;
  return (
    <details className="text-muted text-xs">
      <summary
        aria-label={t("whyOf", { title })}
        className="w-fit cursor-pointer list-none rounded-sm py-1 text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current [&::-webkit-details-marker]:hidden"
      >
        {t("why")}
      </summary>
      <p className="max-w-prose pb-1">
        {t(`checks.${topic}`)} <HelpLink to={checkPages[topic]} />
      </p>
    </details>
  );
}
