"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useOperation } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useTranslations } from "#i18n";
import type { PlanId } from "#lib/domain/ids.ts";

export interface StartStepProps {
  planId: PlanId;
  hash: string;
  deployment: { id: string; name: string };
  /** What will happen, one sentence each. */
  consequences: readonly string[];
  /** What brings it back. */
  recovery: string;
  /** "Stop 4 containers and upgrade" */
  verb: string;
}

/** The last question: the deployment's name is typed, then its containers are stopped. */
export function StartStep({
  planId,
  hash,
  deployment,
  consequences,
  recovery,
  verb,
}: StartStepProps) {
  const t = useTranslations("wizard");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const start = useOperation("runs.start", (runId) => router.push(`/runs/${runId}`));
  const { id, name } = deployment;
  return (
    <form
      method="post"
      aria-label={t("start")}
      className="grid max-w-3xl gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() === name) start.submit({ planId, planHash: hash });
      }}
    >
      <ActionErrors error={start.error} />
      <ul className="grid list-disc gap-1 pl-4 text-base marker:text-faint">
        {consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Notice>{recovery}</Notice>
      <Field
        label={t.rich("typeTheDeploymentsName", {
          name,
          span: (chunks) => <span className="select-all font-semibold">{chunks}</span>,
        })}
        name="confirmation"
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="danger"
          disabled={typed.trim() !== name}
          loading={start.pending}
        >
          {verb}
        </Button>
        <LinkButton href={`/deployments/${id}/upgrade?plan=${planId}&step=plan`} variant="ghost">
          {t("backToThePlan")}
        </LinkButton>
      </div>
    </form>
  );
}
