"use client";

import { Braces, ChevronDown, FileSpreadsheet, FileText, ListTree } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { RunId } from "#lib/domain/ids.ts";

/** The run as files. */
export function ExportMenu({ runId }: { runId: RunId }) {
  const at = `/api/v1/runs/${runId}`;
  return (
    <Menu
      trigger={
        <Button>
          Export
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem icon={Braces} href={`${at}/export`} download>
        Everything, as JSON
      </MenuItem>
      <MenuItem icon={FileSpreadsheet} href={`${at}/steps.csv`} download>
        Steps, as CSV
      </MenuItem>
      <MenuItem icon={ListTree} href={`${at}/events`} download={`${runId}-journal.json`}>
        Journal, as JSON
      </MenuItem>
      <MenuItem icon={FileText} href={`${at}/log`} download>
        Log, as text
      </MenuItem>
    </Menu>
  );
}
