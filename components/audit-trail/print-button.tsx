"use client";

import { Printer } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useTranslations } from "#i18n";

/** Opens the browser's print dialog. */
export function PrintButton() {
  const t = useTranslations("audit-trail");
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden="true" />
      {t("print")}
    </Button>
  );
}
