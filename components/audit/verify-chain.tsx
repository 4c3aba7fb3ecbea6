"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Code } from "#components/ui/code-block.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { verifyAuditAction } from "#lib/actions/audit.ts";
import type { AuditVerdict } from "#lib/store/verify-audit.ts";

/** Recomputes the whole chain and says whether it holds. */
export function VerifyChain() {
  const [verdict, setVerdict] = useState<AuditVerdict>();
  const verify = useSubmit(verifyAuditAction, setVerdict);
  return (
    <>
      <Button loading={verify.pending} onClick={() => verify.submit()}>
        <ShieldCheck aria-hidden="true" />
        Verify the chain
      </Button>
      {verify.error && (
        <Notice tone="fail" role="alert">
          {verify.error.message}
        </Notice>
      )}
      <Dialog
        open={verdict !== undefined}
        onOpenChange={(open) => !open && setVerdict(undefined)}
        title={verdict?.intact ? "The chain is intact" : "The chain is broken"}
        footer={
          <DialogClose>
            <Button>Close</Button>
          </DialogClose>
        }
      >
        {verdict?.intact && (
          <div className="grid gap-3 text-sm">
            <Notice tone="ok">
              All {verdict.entries} entries were read and recomputed; each fits the one before it.
            </Notice>
            <p>
              The last hash is <Code>{verdict.lastHash}</Code>. Keep it elsewhere: whoever could
              write the whole database anew could not make this hash come out again.
            </p>
          </div>
        )}
        {verdict && !verdict.intact && (
          <Notice tone="fail" title={`Entry ${verdict.seq} does not fit`}>
            {verdict.why}. Entries from there on prove nothing; compare with a backup of the
            database.
          </Notice>
        )}
      </Dialog>
    </>
  );
}
