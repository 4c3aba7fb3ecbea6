import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { type RadioCardOption, RadioCards } from "#components/ui/radio-cards.tsx";
import type { SecondCopy } from "#lib/domain/second-copy.ts";
import { TextField } from "./form-context.tsx";
import type { SettingsFieldsProps } from "./settings-fields.tsx";

const secondCopies = [
  { value: "none", title: "None", description: "Dumps stay where they were made." },
  {
    value: "dashboard",
    title: "This dashboard",
    description: "In its data directory. Its disk must hold them.",
  },
  {
    value: "node",
    title: "Another node",
    description: "One of another region if there is one.",
  },
] as const satisfies RadioCardOption<SecondCopy>[];

/** Where dumps are copied to, and how long they are kept. */
export function BackupFields({ form: { settings }, set }: SettingsFieldsProps) {
  return (
    <>
      <Field
        label="Second copy of every proven dump"
        hint="Made beside the run and proven by its SHA-256; no step of an upgrade waits for it."
        className="sm:col-span-2 lg:col-span-6"
      >
        {({ id: _, required: __, ...control }) => (
          <RadioCards
            {...control}
            columns={3}
            value={settings.secondCopy}
            onValueChange={(secondCopy) => set({ ...settings, secondCopy })}
            options={secondCopies}
          />
        )}
      </Field>
      <TextField
        path="settings.keepBackups"
        label="Keep the backups of the newest (upgrades)"
        mono
        inputMode="numeric"
        hint="What a rollback that is possible needs is kept whatever stands here."
        className="lg:col-span-3"
      />
      <TextField
        path="settings.keepBackupDays"
        label="Keep backups for (days)"
        mono
        inputMode="numeric"
        hint="A backup may go when neither of the two keeps it."
        className="lg:col-span-3"
      />
      <Checkbox
        className="sm:col-span-2 lg:col-span-6"
        label="Delete by itself what may go"
        hint="Once an hour, with a line in the audit. Otherwise it is deleted by hand on the backups page."
        checked={settings.deleteBackups === "by-itself"}
        onCheckedChange={(on) =>
          set({ ...settings, deleteBackups: on === true ? "by-itself" : "by-hand" })
        }
      />
    </>
  );
}
