import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useTranslations } from "#i18n";

export default function NotFound() {
  const t = useTranslations("app");
  return (
    <EmptyState
      title={t("notFound")}
      action={<LinkButton href="/">{t("goToTheHomePage")}</LinkButton>}
    >
      {t("nothingHereAnyMore")}
    </EmptyState>
  );
}
