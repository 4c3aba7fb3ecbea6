"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { useTranslations } from "#i18n";
import { callForId } from "#lib/actions/call.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import { Checking } from "./checking.tsx";

/** Runs a preflight without a target, shows how far it is, then opens its result. */
export function PreflightButton({ id, first }: { id: DeploymentId; first: boolean }) {
  const t = useTranslations("plans");
  const router = useRouter();
  const [since, setSince] = useState(0);
  const run = () => callForId("preflights.run", { deploymentId: id });
  const look = useSubmit(run, (preflight) => {
    router.push(`/deployments/${id}/preflight?show=${preflight}`);
    router.refresh();
  });
  if (look.pending) return <Checking deploymentId={id} since={since} />;
  return (
    <div className="grid gap-3">
      <ActionErrors error={look.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          onClick={() => {
            setSince(Date.now());
            look.submit();
          }}
        >
          {first ? t("runThePreflight") : t("runItAgain")}
        </Button>
        <p className="text-muted text-xs">{t("looksOnlyNothingIsChanged")}</p>
      </div>
    </div>
  );
}
