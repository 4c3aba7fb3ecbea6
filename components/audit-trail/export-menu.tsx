"use client";

import { Braces, ChevronDown, FileSpreadsheet, FileText, ListTree } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";
import type { RunId } from "#lib/domain/ids.ts";

export interface ExportMenuProps {
  runId: RunId;
  /** The address of the lines that are shown, as a table. */
  csv: string;
}

/** The run as files. */
export function ExportMenu({ runId, csv }: ExportMenuProps) {
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
      <MenuItem icon={FileSpreadsheet} href={csv} download>
        {t("linesAsCsv")}
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
