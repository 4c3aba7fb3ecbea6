import { Checkbox } from "#components/ui/checkbox.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Field } from "#components/ui/field.tsx";
import { HelpLink } from "#components/ui/help-link.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslations } from "#i18n";
import type { CompressionWish } from "#lib/domain/compression.ts";
import type { HaWay } from "#lib/domain/ha-ask.ts";
import type { DeploymentSettings } from "#lib/domain/inventory.ts";
import { BackupFields } from "./backup-fields.tsx";
import { TextField } from "./form-context.tsx";
import type { DeploymentForm } from "./form-model.ts";

type UnknownMetadb = DeploymentSettings["unknownMetadb"];

const haWays = ["direct", "guided"] as const satisfies HaWay[];

const compressions = ["auto", "zstd", "gzip", "none"] as const satisfies CompressionWish[];

const unknownMetadbs = [
  "refuse",
  "oceanbase",
  "mysql",
  "mariadb",
] as const satisfies UnknownMetadb[];

export interface SettingsFieldsProps {
  form: DeploymentForm;
  set: (settings: DeploymentForm["settings"]) => void;
}

/** What the deployment is upgraded with; folded, because the defaults suit most. */
export function SettingsFields({ form, set }: SettingsFieldsProps) {
  const t = useTranslations("deployments");
  const { settings } = form;
  return (
    <Disclosure
      summary={<span className="font-semibold text-base">{t("settings")}</span>}
      aside={t("dumpsIn", { backupDirectory: settings.backupDirectory })}
    >
      <HelpLink to="configuration#settings-of-a-deployment" />
      <div className="grid gap-4 pt-2 sm:grid-cols-2 lg:grid-cols-6">
        <TextField
          path="settings.backupDirectory"
          label={t("directoryForDumps")}
          mono
          hint={t("dumpsDirectoryHint")}
          className="lg:col-span-6"
        />
        <Field
          label={t("compressionOfDumps")}
          hint={t("compressionHint")}
          className="lg:col-span-3"
        >
          {(control) => (
            <Select
              {...control}
              value={settings.compression}
              onValueChange={(compression) => set({ ...settings, compression })}
              options={compressions.map((value) => ({
                value,
                label: t(`compressions.${value}`),
                ...(value === "auto" && { hint: t("compressionsHints.auto") }),
              }))}
            />
          )}
        </Field>
        <TextField
          path="settings.rehearseBelowMiB"
          label={t("rehearseRestoresBelowMib")}
          mono
          inputMode="numeric"
          hint={t("rehearseHint")}
          className="lg:col-span-3"
        />
        <TextField
          path="settings.refetchMarginMin"
          label={t("marginForPullingBackMin")}
          mono
          inputMode="numeric"
          hint={t("marginHint")}
          className="lg:col-span-3"
        />
        <TextField
          path="settings.healthTimeoutMin"
          label={t("waitForHealthMin")}
          mono
          inputMode="numeric"
          hint={t("healthHint")}
          className="lg:col-span-3"
        />
        <Field label={t("howHaIsSwitched")} className="sm:col-span-2 lg:col-span-6">
          {({ id: _, required: __, ...control }) => (
            <RadioCards
              {...control}
              columns={2}
              value={settings.haWay}
              onValueChange={(haWay) => set({ ...settings, haWay })}
              options={haWays.map((value) => ({
                value,
                title: t(`haWays.${value}`),
                description: t(`haWaysHints.${value}`),
              }))}
            />
          )}
        </Field>
        <Checkbox
          className="sm:col-span-2 lg:col-span-6"
          disabled={settings.haWay === "guided"}
          label={t("restartTheConsoleAfterHa")}
          hint={t("restartHint")}
          checked={settings.restartConsoleAfterHa}
          onCheckedChange={(on) => set({ ...settings, restartConsoleAfterHa: on === true })}
        />
        <Field
          label={t("unknownMetadb")}
          hint={t("unknownMetadbHint")}
          className="sm:col-span-2 lg:col-span-6"
        >
          {(control) => (
            <Select
              {...control}
              value={settings.unknownMetadb}
              onValueChange={(unknownMetadb) => set({ ...settings, unknownMetadb })}
              options={unknownMetadbs.map((value) => ({
                value,
                label: t(`unknownMetadbs.${value}`),
              }))}
            />
          )}
        </Field>
        <BackupFields form={form} set={set} />
      </div>
    </Disclosure>
  );
}
