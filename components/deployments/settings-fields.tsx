import { Checkbox } from "#components/ui/checkbox.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Field } from "#components/ui/field.tsx";
import { type RadioCardOption, RadioCards } from "#components/ui/radio-cards.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import type { CompressionWish } from "#lib/domain/compression.ts";
import type { HaWay } from "#lib/domain/ha-ask.ts";
import { BackupFields } from "./backup-fields.tsx";
import { TextField } from "./form-context.tsx";
import type { DeploymentForm } from "./form-model.ts";

const haWays = [
  {
    value: "direct",
    title: "By Uplift, in the MetaDB",
    description: "No waiting. A running console may notice it only after a restart.",
  },
  {
    value: "guided",
    title: "By a person, in the console",
    description:
      "The vendor's documented way. Uplift says what to set and goes on once it is saved.",
  },
] as const satisfies RadioCardOption<HaWay>[];

const compressions = [
  { value: "auto", label: "Automatic", hint: "zstd, else gzip, else none: what the node has" },
  { value: "zstd", label: "zstd" },
  { value: "gzip", label: "gzip" },
  { value: "none", label: "None" },
] as const satisfies SelectOption<CompressionWish>[];

export interface SettingsFieldsProps {
  form: DeploymentForm;
  set: (settings: DeploymentForm["settings"]) => void;
}

/** What the deployment is upgraded with; folded, because the defaults suit most. */
export function SettingsFields({ form, set }: SettingsFieldsProps) {
  const { settings } = form;
  return (
    <Disclosure
      summary={<span className="font-semibold text-base">Settings</span>}
      aside={`dumps in ${settings.backupDirectory}`}
    >
      <div className="grid gap-4 pt-2 sm:grid-cols-2 lg:grid-cols-6">
        <TextField
          path="settings.backupDirectory"
          label="Directory for dumps"
          mono
          hint="On the node that dumps; made when it is not there."
          className="lg:col-span-6"
        />
        <Field
          label="Compression of dumps"
          hint="On the node that dumps; a tool that is named must be on every node."
          className="lg:col-span-3"
        >
          {(control) => (
            <Select
              {...control}
              value={settings.compression}
              onValueChange={(compression) => set({ ...settings, compression })}
              options={compressions}
            />
          )}
        </Field>
        <TextField
          path="settings.rehearseBelowMiB"
          label="Rehearse restores below (MiB)"
          mono
          inputMode="numeric"
          hint="Dumps of smaller databases are restored for practice during the outage; 0: none."
          className="lg:col-span-3"
        />
        <TextField
          path="settings.refetchMarginMin"
          label="Margin for pulling back (min)"
          mono
          inputMode="numeric"
          hint="Added to the outage for refetchStoreIntervalMin; the vendor advises 30."
          className="lg:col-span-3"
        />
        <TextField
          path="settings.healthTimeoutMin"
          label="Wait for health (min)"
          mono
          inputMode="numeric"
          hint="How long a node may take to become healthy."
          className="lg:col-span-3"
        />
        <Field label="How HA is switched" className="sm:col-span-2 lg:col-span-6">
          {({ id: _, required: __, ...control }) => (
            <RadioCards
              {...control}
              columns={2}
              value={settings.haWay}
              onValueChange={(haWay) => set({ ...settings, haWay })}
              options={haWays}
            />
          )}
        </Field>
        <Checkbox
          className="sm:col-span-2 lg:col-span-6"
          disabled={settings.haWay === "guided"}
          label="Restart the console after HA is switched on"
          hint="Makes sure that running consoles notice the change in the MetaDB."
          checked={settings.restartConsoleAfterHa}
          onCheckedChange={(on) => set({ ...settings, restartConsoleAfterHa: on === true })}
        />
        <BackupFields form={form} set={set} />
      </div>
    </Disclosure>
  );
}
