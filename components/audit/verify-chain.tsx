"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { AuditVerdict } from "#lib/store/verify-audit.ts";

/** Recomputes the whole chain and says whether it holds. */
export function VerifyChain() {
  const said = useSaid();
  const t = useTranslations("audit");
  const [verdict, setVerdict] = useState<AuditVerdict>();
  const verify = useOperation("audit.verify", setVerdict);
  return (
    <>
      <Button loading={verify.pending} onClick={() => verify.submit({})}>
        <ShieldCheck aria-hidden="true" />
        {t("verifyTheChain")}
      </Button>
      {verify.error && (
        <Notice tone="fail" role="alert">
          {verify.error.message}
        </Notice>
      )}
      <Dialog
        open={verdict !== undefined}
        onOpenChange={(open) => !open && setVerdict(undefined)}
        title={verdict?.intact ? t("theChainIsIntact") : t("theChainIsBroken")}
        footer={
          <DialogClose>
            <Button>{t("close")}</Button>
          </DialogClose>
        }
      >
        {verdict?.intact && (
          <div className="grid gap-3 text-sm">
            <Notice tone="ok">{t("allFit", { entries: verdict.entries })}</Notice>
            <p>
              {t.rich("lastHash", {
                lastHash: verdict.lastHash,
                code: (chunks) => <Code>{chunks}</Code>,
              })}
            </p>
          </div>
        )}
        {verdict && !verdict.intact && (
          <Notice tone="fail" title={t("doesNotFit", { seq: verdict.seq })}>
            {t("proveNothing", { why: said(verdict.why) })}
          </Notice>
        )}
      </Dialog>
    </>
  );
}
