"use client";

import { useRouter } from "next/navigation";
import { Fragment, useEffect, useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { fieldMessages, useSubmit } from "#components/forms/use-submit.ts";
import { Checking } from "#components/plans/checking.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { checkTargetAction } from "#lib/actions/wizard.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import { UpgradeTarget } from "#lib/domain/plan.ts";
import type { Catalogue } from "#lib/oms/catalogue.ts";
import { GateFields } from "./gate-fields.tsx";
import { HopFields, imageOf } from "./hop-fields.tsx";
import {
  type HopForm,
  hopForms,
  proposalFor,
  type TargetForm,
  targetDocument,
  targetInQuery,
  targetQuery,
  type VersionChoice,
} from "./target.ts";
import { useImages } from "./use-images.ts";
import { VersionFields } from "./version-fields.tsx";
import { WayFields } from "./way-fields.tsx";

export interface WizardDeployment {
  id: DeploymentId;
  name: string;
  version: string;
  /** The container of its first node. */
  containerName: string;
  nodes: string[];
}

export interface TargetStepProps {
  deployment: WizardDeployment;
  choices: VersionChoice[];
  catalogue: Catalogue;
  initial: TargetForm;
}

/** What to upgrade to. Ends with the checks, which make the plan. */
export function TargetStep({ deployment, choices, catalogue, initial }: TargetStepProps) {
  const router = useRouter();
  const here = `/deployments/${deployment.id}/upgrade`;
  // On the way back the address is newer than what the server rendered for this entry.
  const [target, setTarget] = useState(
    () => (typeof window === "undefined" ? null : targetInQuery(window.location.search)) ?? initial,
  );
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [since, setSince] = useState(0);
  const images = useImages(deployment.id);
  const choice = choices.find(({ version }) => version === target.version);
  const hops: HopForm[] = [...target.via, target];

  const check = useSubmit(checkTargetAction, (planId) =>
    router.push(`${here}?plan=${planId}&step=checks`),
  );

  // What is typed stays in the address: a reload, or the way back, brings it here again.
  useEffect(() => {
    window.history.replaceState(null, "", `${here}?${targetQuery(target)}`);
  }, [here, target]);

  function change(part: Partial<TargetForm>) {
    check.reset();
    setProblems({});
    setTarget((now) => ({ ...now, ...part }));
  }

  function changeHop(index: number, part: Partial<HopForm>) {
    change({ via: target.via.map((hop, at) => (at === index ? { ...hop, ...part } : hop)) });
  }

  if (check.pending) {
    return <Checking deploymentId={deployment.id} since={since} />;
  }
  const errors = { ...check.fields, ...problems };
  return (
    <form
      method="post"
      noValidate
      aria-label="Target"
      className="grid max-w-3xl gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const named = (hop: HopForm) => ({ ...hop, image: imageOf(hop, images) });
        const image = imageOf(target, images);
        const document = targetDocument({ ...target, image, via: target.via.map(named) });
        const parsed = UpgradeTarget.safeParse(document);
        if (!parsed.success) {
          const issues = parsed.error.issues;
          setProblems(
            fieldMessages(issues.map(({ path, message }) => ({ path: path.join("."), message }))),
          );
          return;
        }
        setSince(Date.now());
        check.submit(deployment.id, parsed.data);
      }}
    >
      <ActionErrors error={check.error} fields={errors} />
      <VersionFields
        from={deployment.version}
        choices={choices}
        catalogue={catalogue}
        target={target}
        errors={errors}
        onVersion={(version) => change(proposalFor(version, deployment, choices))}
        onReason={(unlistedPathReason) => change({ unlistedPathReason })}
      />
      {choice?.over && (
        <WayFields
          from={deployment.version}
          to={target.version}
          over={choice.over}
          documented={choice.documented}
          chosen={target.via.length > 0 ? "chain" : "direct"}
          onChange={(way) =>
            change({ via: way === "chain" ? hopForms(choice.over ?? [], deployment) : [] })
          }
        />
      )}
      {hops.map((hop, index) => {
        const last = index === target.via.length;
        const fields = (
          <HopFields
            hop={hop}
            prefix={last ? "" : `via.${index}.`}
            images={images}
            nodes={deployment.nodes.length}
            before={hops[index - 1]?.containerName ?? deployment.containerName}
            errors={errors}
            onChange={(part) => (last ? change(part) : changeHop(index, part))}
          />
        );
        if (hops.length === 1) return <Fragment key="target">{fields}</Fragment>;
        const from = hops[index - 1]?.version ?? deployment.version;
        return (
          <fieldset key={hop.version} className="grid gap-5 border-l-2 border-line-strong pl-4">
            <legend className="pb-3 font-medium text-sm">
              Hop {index + 1} of {hops.length}: {from} → {hop.version}
            </legend>
            {fields}
          </fieldset>
        );
      })}
      <GateFields gates={target.gates} onChange={(gates) => change({ gates })} />
      {target.initOverrules.length > 0 && (
        <Notice
          title="Where docker_init.sh runs is overruled"
          actions={
            <Button size="sm" onClick={() => change({ initOverrules: [] })}>
              Go by the files again
            </Button>
          }
        >
          The overrule stays for the next check, with its reason.
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary">
          Check the deployment
        </Button>
        <LinkButton href={`/deployments/${deployment.id}`} variant="ghost">
          Cancel
        </LinkButton>
        <p className="text-muted text-xs">Looks only; nothing is changed yet.</p>
      </div>
    </form>
  );
}
