"use client";

import Form from "next/form";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useTranslations } from "#i18n";

/** Around a table with a tick named `run` in each row: two of them can be compared. */
export function CompareForm({ children }: { children: ReactNode }) {
  const t = useTranslations("history");
  const [ticked, setTicked] = useState(0);
  return (
    <Form
      action="/runs/compare"
      onChange={(event) =>
        setTicked(event.currentTarget.querySelectorAll("input[name=run]:checked").length)
      }
      className="grid grid-cols-[minmax(0,1fr)] gap-3"
    >
      {children}
      {ticked > 0 && (
        <div className="sticky bottom-4 flex items-center gap-3 justify-self-center rounded-lg border bg-raised px-3 py-2 text-sm shadow-lift">
          <span className="text-muted" role="status">
            {t("ticked", { ticked })}
          </span>
          <Button type="submit" variant="primary" disabled={ticked !== 2}>
            {t("compareTheTwo")}
          </Button>
        </div>
      )}
    </Form>
  );
}
