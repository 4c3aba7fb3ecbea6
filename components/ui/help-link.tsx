import { BookOpen } from "lucide-react";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { HelpTarget } from "#lib/help/pages.ts";

/** To the place in the documentation that says more; the dashboard serves it itself. */
export function HelpLink({ to }: { to: HelpTarget }) {
  const t = useTranslations("ui");
  return (
    <TextLink
      href={`/help/${to}`}
      className="inline-flex items-center gap-1 whitespace-nowrap text-xs"
    >
      <BookOpen className="size-3.5 shrink-0" aria-hidden="true" />
      {t("inTheDocs")}
    </TextLink>
  );
}
