import { AuthFrame } from "#components/frame/auth-frame.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useTranslations } from "#i18n";
import { pageTitle } from "#lib/i18n/page-title.ts";

export const generateMetadata = pageTitle("notFound");

export default function NotFound() {
  const t = useTranslations("app");
  return (
    <AuthFrame title={t("notFound")} description={t("nothingHere")}>
      <LinkButton href="/" variant="primary" size="lg">
        {t("goToTheHomePage")}
      </LinkButton>
    </AuthFrame>
  );
}
