"use client";

import { Check, Columns3 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTranslations } from "#i18n";

export interface ColumnMenuProps {
  columns: readonly {
    name: string;
    shown: boolean;
    /** The address of the list with this column left out, or shown again. */
    href: string;
  }[];
}

/** Leaves columns out; which ones is in the address, as the filter is. */
export function ColumnMenu({ columns }: ColumnMenuProps) {
  const t = useTranslations("ui");
  return (
    <Menu
      trigger={
        <Button variant="ghost" className="max-sm:hidden">
          <Columns3 className="size-4" aria-hidden="true" />
          {t("columns")}
        </Button>
      }
    >
      {columns.map(({ name, shown, href }) => (
        <MenuItem key={name} href={href} {...(shown && { icon: Check })}>
          {shown ? t("hideColumn", { column: name }) : t("showColumn", { column: name })}
        </MenuItem>
      ))}
    </Menu>
  );
}
