"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId } from "#lib/domain/ids.ts";
import { Checking } from "./checking.tsx";

/** Starts a practice backup after a look at the deployment, and opens its run. */
export function PracticeButton({ id }: { id: DeploymentId }) {
  const t = useTranslations("plans");
  const router = useRouter();
  const [since, setSince] = useState(0);
  const start = useOperation("runs.practise", (runId) => router.push(`/runs/${runId}`));
  if (start.pending) return <Checking deploymentId={id} since={since} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <ActionErrors error={start.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          onClick={() => {
            setSince(Date.now());
            start.submit({ deploymentId: id });
          }}
        >
          {t("practice.start")}
        </Button>
        <p className="text-muted text-xs">{t("practice.harmless")}</p>
      </div>
    </div>
  );
}
