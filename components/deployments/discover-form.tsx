"use client";

import { useRef, useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { type ActionError, useSubmit } from "#components/forms/use-submit.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { Select } from "#components/ui/select.tsx";
import { useSaid, useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { ActionResult } from "#lib/actions/session.ts";
import type { Discovery, DiscoveryProposal, PresentedKey } from "#lib/domain/discovery.ts";
import type { CredentialView } from "#lib/operations/credentials.ts";
import { BastionFields } from "./bastion-fields.tsx";
import { saveCredential } from "./credential-dialog.tsx";
import { CredentialFields, credentialInput } from "./credential-fields.tsx";
import { type EnteredHost, emptyBastion, sshInput } from "./form-model.ts";
import { atFormPaths } from "./form-problems.ts";
import { isUsable, KeyToCompare } from "./host-key.tsx";

const makeNew = "new";

export interface DiscoverFormProps {
  credentials: CredentialView[];
  onCredential: (credential: CredentialView) => void;
  /** @param bastion what the node was reached through; null: directly */
  onFound: (proposal: DiscoveryProposal, bastion: EnteredHost | null) => void;
}

interface Asked {
  host: string;
  port: string;
  presented: PresentedKey;
}

type Candidates = Extract<Discovery, { outcome: "choose" }>;

/** Asks for one node's SSH access, shows its key to be pinned, and reads what runs on it. */
export function DiscoverForm({ credentials, onCredential, onFound }: DiscoverFormProps) {
  const said = useSaid();
  const t = useTranslations("deployments");
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<string>(credentials[0]?.id ?? makeNew);
  const [host, setHost] = useState("");
  /** The credential that was made here; typing it anew changes it. */
  const [made, setMade] = useState<CredentialView>();
  const [asked, setAsked] = useState<Asked>();
  const [choice, setChoice] = useState<Candidates>();
  const [container, setContainer] = useState<string>();
  const [since, setSince] = useState(0);
  const [bastion, setBastion] = useState<EnteredHost | null>(null);
  const through = bastion && sshInput(bastion.ssh);

  const showKey = useSubmit(
    async (address: { host: string; port: string }): Promise<ActionResult<Asked>> => {
      const answer = await call("hosts.fetch-key", { ...address, bastion: through });
      return answer.ok ? { ok: true, value: { ...address, presented: answer.value } } : answer;
    },
    setAsked,
  );

  const search = useSubmit(
    async (at: Asked): Promise<ActionResult<Discovery>> => {
      const credential = await credentialId();
      if (!credential.ok) return credential;
      return call("hosts.discover", {
        ...{ host: at.host, port: at.port, credentialId: credential.value },
        hostKeyFingerprint: at.presented.fingerprint,
        containerName: container ?? null,
        bastion: through,
      });
    },
    (found) => {
      if (found.outcome === "found") return onFound(found.proposal, bastion);
      setChoice(found);
      setContainer(found.candidates.find((one) => one.running)?.name ?? found.candidates[0]?.name);
    },
  );

  /** The chosen credential; a new one is saved first, and saved again when it was corrected. */
  async function credentialId(): Promise<ActionResult<string>> {
    if (chosen !== makeNew) return { ok: true, value: chosen };
    const input = credentialInput(new FormData(form.current ?? undefined), "new-");
    const name = input.name || `${String(input.username)}@${asked?.host ?? host}`;
    const saved = await saveCredential(made?.id, { ...input, name });
    if (!saved.ok) return saved;
    setMade(saved.value);
    onCredential(saved.value);
    return { ok: true, value: saved.value.id };
  }

  const error: ActionError | undefined = showKey.error ?? search.error;
  const fields = atFormPaths({ ...showKey.fields, ...search.fields });
  const pending = showKey.pending || search.pending;
  return (
    <form
      ref={form}
      method="post"
      noValidate
      aria-label={t("discoverFromANode")}
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        const data = new FormData(event.currentTarget);
        const address = { host: String(data.get("host")).trim(), port: String(data.get("port")) };
        if (asked && asked.host === address.host && asked.port === address.port) {
          setSince(Date.now());
          search.submit(asked);
        } else {
          setAsked(undefined);
          showKey.submit(address);
        }
      }}
    >
      <ActionErrors error={error} fields={linked(fields)} />
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field
          label={t("sshHost")}
          name="host"
          error={fields.host}
          hint={t("sshHostHint")}
          className="lg:col-span-2"
        >
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              value={host}
              onChange={(event) => {
                setHost(event.target.value);
                setAsked(undefined);
              }}
            />
          )}
        </Field>
        <Field label={t("sshPort")} name="port" error={fields.port}>
          {(control) => (
            <Input
              {...control}
              mono
              inputMode="numeric"
              defaultValue="22"
              onChange={() => setAsked(undefined)}
            />
          )}
        </Field>
        <Field label={t("credential")} name="credential" error={fields.credentialId}>
          {({ name: _, ...control }) => (
            <Select
              {...control}
              value={chosen}
              onValueChange={setChosen}
              options={[
                ...credentials
                  .filter((one) => one.id !== made?.id)
                  .map((one) => ({ value: one.id as string, label: one.name, hint: one.username })),
                { value: makeNew, label: t("newCredential") },
              ]}
            />
          )}
        </Field>
      </div>
      <Checkbox
        label={t("reachItThroughABastion")}
        checked={bastion !== null}
        onCheckedChange={(on) => {
          setBastion(on === true ? emptyBastion() : null);
          setAsked(undefined);
        }}
      />
      {bastion && (
        <BastionFields
          path="bastion"
          bastion={bastion}
          onChange={(change) => {
            setBastion((now) => now && change(now));
            setAsked(undefined);
          }}
          errors={fields}
          credentials={credentials}
          onCredential={onCredential}
        />
      )}
      {chosen === makeNew && (
        <fieldset
          aria-label={t("newCredential")}
          className="grid gap-4 border-t pt-4 sm:grid-cols-2"
        >
          <CredentialFields
            prefix="new-"
            errors={fields}
            name={t("nameAsUser", { name: `root@${host.trim() || "hz-1"}` })}
          />
        </fieldset>
      )}
      {asked && (
        <div className="grid gap-3 rounded-md bg-sunken p-3">
          <KeyToCompare presented={asked.presented} />
        </div>
      )}
      {choice && (
        <div className="grid gap-2">
          <p className="text-sm">{t("whichOneServesOms", { why: said(choice.why) })}</p>
          <RadioCards
            aria-label={t("container")}
            options={choice.candidates.map((one) => ({
              value: one.name,
              title: one.name,
              description: one.image,
              aside: one.running ? t("running") : t("stopped"),
            }))}
            {...(container !== undefined && { value: container })}
            onValueChange={setContainer}
          />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          loading={pending}
          disabled={bastion !== null && !isUsable(bastion)}
        >
          {asked
            ? choice
              ? t("use", { container: container ?? t("thisContainer") })
              : t("pinThisKeyAndDiscover")
            : t("showTheHostKey")}
        </Button>
        {search.pending && (
          <p role="status" className="text-muted text-sm">
            {t.rich("reading", {
              tickingduration: () => <TickingDuration since={since} />,
            })}
          </p>
        )}
        {!asked && !pending && (
          <p className="text-muted text-xs">
            {bastion && !isUsable(bastion) ? t("pinTheBastionsKeyFirst") : t("nothingSent")}
          </p>
        )}
      </div>
    </form>
  );
}

/** Field names as the boxes on this page have them, so that the summary's links lead there. */
function linked(fields: Record<string, string>): Record<string, string> {
  const here = new Set(["host", "port", "credentialId"]);
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [
      name === "credentialId"
        ? "credential"
        : here.has(name) || name.startsWith("bastion.")
          ? name
          : `new-${name}`,
      text,
    ]),
  );
}
