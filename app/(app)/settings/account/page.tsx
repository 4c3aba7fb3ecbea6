import type { Metadata } from "next";
import { NotifyChoice } from "#components/settings/notify-choice.tsx";
import { OwnPasswordForm } from "#components/settings/own-password-form.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { getTranslations } from "#lib/i18n/server.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const words = await getTranslations("words");
  const { name, role } = await requireActor();
  return (
    <div className="grid max-w-3xl gap-8">
      <Section title="Your account">
        <KeyValues
          items={[
            { label: "Name", value: name },
            { label: "Role", value: `${words(`roles.${role}`)}: ${words(`rolesMean.${role}`)}` },
          ]}
        />
      </Section>
      <Section title="This browser">
        <NotifyChoice />
      </Section>
      <Section
        title="Change your password"
        description="Ends all your sessions, this one too: you sign in again."
      >
        <OwnPasswordForm />
      </Section>
    </div>
  );
}
