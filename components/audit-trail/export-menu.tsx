"use client";

import { Braces, ChevronDown, FileSpreadsheet, FileText, ListTree } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";
import type { RunId } from "#lib/domain/ids.ts";
import { type TrailQuery, trailHref } from "./trail-query.ts";

/** The run as files; the table holds the lines that are shown. */
export function ExportMenu({ runId, query }: { runId: RunId; query: TrailQuery }) {
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
      <MenuItem icon={FileSpreadsheet} href={trailHref(`${at}/activity.csv`, query)} download>
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
