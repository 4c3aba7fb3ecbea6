"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { fieldMessages, useSubmit } from "#components/forms/use-submit.ts";
import { Checking } from "#components/plans/checking.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { checkTargetAction } from "#lib/actions/wizard.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import { UpgradeTarget } from "#lib/domain/plan.ts";
import type { Catalogue } from "#lib/oms/catalogue.ts";
import { GateFields } from "./gate-fields.tsx";
import {
  suggestedContainerName,
  type TargetForm,
  targetDocument,
  targetInQuery,
  targetQuery,
  type VersionChoice,
} from "./target.ts";
import { useImages } from "./use-images.ts";
import { VersionFields } from "./version-fields.tsx";

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
  const fitting = images?.images.filter((image) => image.version === target.version) ?? [];
  const suggested = fitting[0]?.reference ?? "";
  const image = target.image || suggested;

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

  if (check.pending) {
    return <Checking deploymentId={deployment.id} since={since} />;
  }
  const errors = { ...check.fields, ...problems };
  const found = images?.images.find((one) => one.reference === image);
  return (
    <form
      method="post"
      noValidate
      aria-label="Target"
      className="grid max-w-3xl gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const document = targetDocument({ ...target, image });
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
        onVersion={(version) =>
          change({
            version,
            image: "",
            containerName: suggestedContainerName(
              deployment.containerName,
              deployment.version,
              version,
            ),
          })
        }
        onReason={(unlistedPathReason) => change({ unlistedPathReason })}
      />
      <Field
        label="Image"
        name="image"
        error={errors.image}
        hint={imageHint(images, image, found?.nodes ?? 0, deployment.nodes.length)}
      >
        {(control) => (
          <>
            <Input
              {...control}
              mono
              autoComplete="off"
              list="images-on-nodes"
              placeholder="repository/oms:feature_3.3.1-ce"
              value={image}
              onChange={(event) => change({ image: event.target.value })}
            />
            <datalist id="images-on-nodes">
              {images?.images.map((one) => (
                <option key={one.reference} value={one.reference}>
                  on {one.nodes} of {deployment.nodes.length} nodes
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label="Image archive on the nodes"
        name="imageArchive"
        error={errors.imageArchive}
        optional
        hint="A path on every node that lacks the image; it is loaded with docker load before the outage."
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            placeholder="/data/oms_3.3.1.tar.gz"
            value={target.imageArchive}
            onChange={(event) => change({ imageArchive: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Name of the new container"
        name="containerName"
        error={errors.containerName}
        hint={`The same on every node. ${deployment.containerName} stays there, stopped: rolling back starts it again.`}
      >
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            value={target.containerName}
            onChange={(event) => change({ containerName: event.target.value })}
          />
        )}
      </Field>
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

function imageHint(
  images: { answered: number } | null | undefined,
  image: string,
  nodes: number,
  all: number,
): string {
  if (images === undefined) return "Asking the nodes which images they have…";
  if (images === null || images.answered === 0)
    return "The nodes could not be asked for their images.";
  if (image === "")
    return "No node has an image of this version: name it, and give its archive below.";
  if (nodes === 0) return `On none of the ${all} nodes: give its archive below.`;
  if (nodes === all) return `On all ${all} nodes already.`;
  const answered = images.answered < all ? ` (${images.answered} answered)` : "";
  return `On ${nodes} of ${all} nodes${answered}: the others load it from the archive.`;
}
