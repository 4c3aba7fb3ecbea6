import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { useTranslations } from "#i18n";
import type { SecondCopy } from "#lib/domain/second-copy.ts";
import { TextField } from "./form-context.tsx";
import type { SettingsFieldsProps } from "./settings-fields.tsx";

const secondCopies = ["none", "dashboard", "node"] as const satisfies SecondCopy[];

/** Where dumps are copied to, and how long they are kept. */
export function BackupFields({ form: { settings }, set }: SettingsFieldsProps) {
  const t = useTranslations("deployments");
  return (
    <>
      <Field
        label={t("secondCopy")}
        hint={t("secondCopyHint")}
        className="sm:col-span-2 lg:col-span-6"
      >
        {({ id: _, required: __, ...control }) => (
          <RadioCards
            {...control}
            columns={3}
            value={settings.secondCopy}
            onValueChange={(secondCopy) => set({ ...settings, secondCopy })}
            options={secondCopies.map((value) => ({
              value,
              title: t(`copies.${value}`),
              description: t(`copiesHints.${value}`),
            }))}
          />
        )}
      </Field>
      <TextField
        path="settings.keepBackups"
        label={t("keepBackups")}
        mono
        inputMode="numeric"
        hint={t("keepBackupsHint")}
        className="lg:col-span-3"
      />
      <TextField
        path="settings.keepBackupDays"
        label={t("keepDays")}
        mono
        inputMode="numeric"
        hint={t("keepDaysHint")}
        className="lg:col-span-3"
      />
      <Checkbox
        className="sm:col-span-2 lg:col-span-6"
        label={t("deleteByItself")}
        hint={t("deleteByItselfHint")}
        checked={settings.deleteBackups === "by-itself"}
        onCheckedChange={(on) =>
          set({ ...settings, deleteBackups: on === true ? "by-itself" : "by-hand" })
        }
      />
    </>
  );
}
