"use client";

import { useRouter } from "next/navigation";
import { Fragment, useEffect, useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { fieldMessages, useSubmit } from "#components/forms/use-submit.ts";
import { Checking } from "#components/plans/checking.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useSaid, useTranslations } from "#i18n";
import { callForId } from "#lib/actions/call.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import type { Catalogue } from "#lib/oms/catalogue.ts";
import { GateFields } from "./gate-fields.tsx";
import { HopFields, imageOf } from "./hop-fields.tsx";
import {
  type HopForm,
  hopForms,
  proposalFor,
  type TargetForm,
  targetDocument,
  targetHref,
  targetInQuery,
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
  const said = useSaid();
  const t = useTranslations("wizard");
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

  const check = useSubmit(
    (target: UpgradeTarget) =>
      callForId("plans.create", { deploymentId: deployment.id, ...target }),
    (planId) => router.push(`${here}?plan=${planId}&step=checks`),
  );

  // What is typed stays in the address: a reload, or the way back, brings it here again.
  useEffect(() => {
    window.history.replaceState(null, "", targetHref(here, target));
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
      aria-label={t("target")}
      className="grid max-w-3xl gap-5"
      onSubmit={async (event) => {
        event.preventDefault();
        const { UpgradeTarget } = await import("#lib/domain/plan.ts");
        const named = (hop: HopForm) => ({ ...hop, image: imageOf(hop, images) });
        const image = imageOf(target, images);
        const document = targetDocument({ ...target, image, via: target.via.map(named) });
        const parsed = UpgradeTarget.safeParse(document);
        if (!parsed.success) {
          const issues = parsed.error.issues;
          setProblems(
            fieldMessages(
              issues.map(({ path, message }) => ({ path: path.join("."), message: said(message) })),
            ),
          );
          return;
        }
        setSince(Date.now());
        check.submit(parsed.data);
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
              {t("hopOf", { index: index + 1, hops: hops.length, from, version: hop.version })}
            </legend>
            {fields}
          </fieldset>
        );
      })}
      <GateFields gates={target.gates} onChange={(gates) => change({ gates })} />
      {target.initOverrules.length > 0 && (
        <Notice
          title={t("initIsOverruled")}
          actions={
            <Button size="sm" onClick={() => change({ initOverrules: [] })}>
              {t("goByTheFilesAgain")}
            </Button>
          }
        >
          {t("overruleStays")}
        </Notice>
      )}
      {target.confirmed.length > 0 && (
        <Notice
          title={t("isConfirmed", { count: target.confirmed.length })}
          actions={
            <Button size="sm" onClick={() => change({ confirmed: [] })}>
              {t("takeBackConfirmed")}
            </Button>
          }
        >
          {t("confirmedStays")}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary">
          {t("checkTheDeployment")}
        </Button>
        <LinkButton href={`/deployments/${deployment.id}`} prefetch={false} variant="ghost">
          {t("cancel")}
        </LinkButton>
        <p className="text-muted text-xs">{t("looksOnlyNothingIsChanged")}</p>
      </div>
    </form>
  );
}
