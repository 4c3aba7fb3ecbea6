"use client";

import { Braces, ChevronDown, FileSpreadsheet, FileText, ListTree } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";
import type { RunId } from "#lib/domain/ids.ts";

/** The run as files. */
export function ExportMenu({ runId }: { runId: RunId }) {
  const t = useTranslations("audit-trail");
  const at = `/api/v1/runs/${runId}`;
  return (
    <Menu
      trigger={
        <Button>
          {t("export")}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem icon={Braces} href={`${at}/export`} download>
        {t("everythingAsJson")}
      </MenuItem>
      <MenuItem icon={FileSpreadsheet} href={`${at}/steps.csv`} download>
        {t("stepsAsCsv")}
      </MenuItem>
      <MenuItem icon={ListTree} href={`${at}/events`} download={`${runId}-journal.json`}>
        {t("journalAsJson")}
      </MenuItem>
      <MenuItem icon={FileText} href={`${at}/log`} download>
        {t("logAsText")}
      </MenuItem>
    </Menu>
  );
}
