"use client";

import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { useTranslations } from "#i18n";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("frame");
  return (
    <ErrorState
      title={t("notShown")}
      why={t("wentWrong")}
      next={t("tryAgainHint")}
      {...(error.digest && { id: error.digest })}
      actions={<Button onClick={reset}>{t("tryAgain")}</Button>}
    />
  );
}
