"use client";

import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { useTranslations } from "#i18n";

/** What stands in the place of a page, or of all of them, that broke. */
export function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("frame");
  if (isPartMissing(error)) {
    return (
      <ErrorState
        title={t("partMissing")}
        why={t("partMissingWhy")}
        actions={<Button onClick={() => location.reload()}>{t("reload")}</Button>}
      />
    );
  }
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

/** Menus and dialogs are fetched when they are opened; a later build, or no network, does not have them. */
function isPartMissing({ name, message }: Error): boolean {
  return name === "ChunkLoadError" || /failed to load chunk|dynamically imported/i.test(message);
}
