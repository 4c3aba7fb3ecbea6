"use client";

import { Plus, Radar } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useSaid, useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { ActionResult } from "#lib/actions/session.ts";
import type { DeploymentInput } from "#lib/domain/deployment-input.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import type { CredentialView } from "#lib/operations/credentials.ts";
import { DiscoverForm } from "./discover-form.tsx";
import { FormProvider, TextField } from "./form-context.tsx";
import {
  type DeploymentForm,
  documentOf,
  emptyRegion,
  type NodeForm,
  withValueAt,
} from "./form-model.ts";
import { atFormPaths, namedProblems, problemsOf } from "./form-problems.ts";
import { withProposal } from "./form-proposal.ts";
import { RegionFields } from "./region-fields.tsx";
import { ServerFields } from "./server-fields.tsx";
import { SettingsFields } from "./settings-fields.tsx";
import { TlsFields } from "./tls-fields.tsx";

export interface DeploymentEditorProps {
  initial: DeploymentForm;
  /** The deployment that is edited; without it a new one is registered. */
  id?: DeploymentId;
  credentials: CredentialView[];
  /** Stands above the form: where its content came from. */
  intro?: ReactNode;
}

/** The whole document of a deployment: itself, its MetaDB, regions, nodes and settings. */
export function DeploymentEditor({ initial, id, credentials, intro }: DeploymentEditorProps) {
  const said = useSaid();
  const t = useTranslations("deployments");
  const router = useRouter();
  const [form, setForm] = useState(initial);
  const [known, setKnown] = useState(credentials);
  const [adding, setAdding] = useState(false);
  /** Marked once the form was sent; corrected fields then lose their mark while typing. */
  /** What is checked in the browser; fetched with the first try. */
  const [rules, setRules] = useState<typeof DeploymentInput | null>(null);

  const save = useSubmit(
    async (document: ReturnType<typeof documentOf>): Promise<ActionResult<DeploymentId>> => {
      if (!id) return call("deployments.create", document);
      const answer = await call("deployments.update", { deploymentId: id, ...document });
      return answer.ok ? { ok: true, value: id } : answer;
    },
    (saved) => {
      toast.success(id ? t("deploymentSaved") : t("deploymentRegistered"));
      router.push(`/deployments/${saved}`);
      router.refresh();
    },
  );
  const problems = rules ? problemsOf(form, rules, t, said) : {};
  const errors = { ...atFormPaths(save.fields), ...problems };
  const addCredential = (added: CredentialView) =>
    setKnown((all) => [...all.filter((one) => one.id !== added.id), added]);

  return (
    <FormProvider
      value={{
        form,
        errors,
        credentials: known,
        addCredential,
        set: (path, value) => {
          save.reset();
          setForm((now) => withValueAt(now, path, value));
        },
        patchNode: (key, change) => setForm((now) => patched(now, key, change)),
        patchRegion: (key, change) =>
          setForm((now) => ({
            ...now,
            regions: now.regions.map((region) => (region.key === key ? change(region) : region)),
          })),
      }}
    >
      <form
        method="post"
        noValidate
        aria-label={t("deployment")}
        className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-8"
        onSubmit={async (event) => {
          event.preventDefault();
          const loaded = await import("#lib/domain/deployment-input.ts");
          setRules(loaded.DeploymentInput);
          const found = problemsOf(form, loaded.DeploymentInput, t);
          if (Object.keys(found).length === 0) save.submit(documentOf(form));
        }}
      >
        {intro}
        <ActionErrors error={save.error} fields={namedProblems(form, errors, t)} />
        <Section title={t("deployment")} help="domain#1-what-is-out-there">
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-6">
            <TextField path="name" label={t("name")} className="lg:col-span-4" />
            <TextField
              path="version"
              label={t("version")}
              mono
              hint={t("whatRunsNow")}
              placeholder="3.3.0"
              className="lg:col-span-2"
            />
          </div>
        </Section>
        <Section
          title="MetaDB"
          description={t("metadbHint")}
          help="operations#rights-on-the-metadb"
        >
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-6">
            <ServerFields path="metadb" />
            <TextField
              path="metadb.rmDatabase"
              label={t("rmDatabase")}
              mono
              hint="drc_rm_db"
              className="lg:col-span-2"
            />
            <TextField
              path="metadb.cmDatabase"
              label={t("cmDatabase")}
              mono
              hint="drc_cm_db"
              className="lg:col-span-2"
            />
            <TlsFields path="metadb.tls" />
          </div>
        </Section>
        <section id="regions" aria-label={t("regions")} className="grid gap-4">
          {form.regions.map((region, index) => (
            <RegionFields key={region.key} index={index} region={region} />
          ))}
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAdding(true)}>
              <Radar aria-hidden="true" />
              {t("addRegionAsk")}
            </Button>
            <Button
              variant="ghost"
              onClick={() =>
                setForm((now) => ({
                  ...now,
                  regions: [...now.regions, emptyRegion(now.regions)],
                }))
              }
            >
              <Plus aria-hidden="true" />
              {t("addARegionByHand")}
            </Button>
          </div>
        </section>
        <SettingsFields form={form} set={(settings) => setForm((now) => ({ ...now, settings }))} />
        <div className="flex flex-wrap gap-2 border-t pt-4">
          <Button type="submit" variant="primary" loading={save.pending}>
            {id ? t("saveTheDeployment") : t("registerTheDeployment")}
          </Button>
          <LinkButton href={id ? `/deployments/${id}` : "/deployments"} variant="ghost">
            {t("cancel")}
          </LinkButton>
        </div>
      </form>
      <Dialog
        open={adding}
        onOpenChange={setAdding}
        size="lg"
        title={t("addRegion")}
        description={t("addRegionHint")}
      >
        <div className="pt-1">
          <DiscoverForm
            credentials={known}
            onCredential={addCredential}
            onFound={(proposal, bastion) => {
              setForm((now) => withProposal(now, proposal, bastion));
              setAdding(false);
              toast.success(
                t("regionAdded", { name: proposal.node.name, name2: proposal.region.name }),
              );
            }}
          />
        </div>
      </Dialog>
    </FormProvider>
  );
}

function patched(
  form: DeploymentForm,
  key: string,
  change: (node: NodeForm) => NodeForm,
): DeploymentForm {
  const regions = form.regions.map((region) => ({
    ...region,
    nodes: region.nodes.map((node) => (node.key === key ? change(node) : node)),
  }));
  return { ...form, regions };
}
