import { withMessages } from "#components/frame/messages.tsx";
import { NotifyChoice } from "#components/settings/notify-choice.tsx";
import { OwnPasswordForm } from "#components/settings/own-password-form.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";

export const generateMetadata = pageTitle("yourAccount");

export default withMessages(["said", "settings"], AccountPage);

async function AccountPage() {
  const t = await getTranslations("app");
  const words = await getTranslations("words");
  const { name, role } = await requireActor();
  return (
    <div className="grid max-w-3xl gap-8">
      <Section title={t("yourAccount")}>
        <KeyValues
          items={[
            { label: t("name"), value: name },
            {
              label: t("role"),
              value: t("roleMeans", {
                role: words(`roles.${role}`),
                meaning: words(`rolesMean.${role}`),
              }),
            },
          ]}
        />
      </Section>
      <Section title={t("thisBrowser")}>
        <NotifyChoice />
      </Section>
      <Section title={t("changeYourPassword")} description={t("passwordHint")}>
        <OwnPasswordForm />
      </Section>
    </div>
  );
}
