import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SetupForm } from "#components/auth/setup-form.tsx";
import { AuthFrame } from "#components/frame/auth-frame.tsx";
import { withMessages } from "#components/frame/messages.tsx";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { setupNeeded } from "#lib/operations/setup.ts";

export const generateMetadata = pageTitle("setUpUplift");

export default withMessages(["auth", "said"], SetupPage);

async function SetupPage() {
  const t = await getTranslations("app");
  // Read for its effect: this page is never made ahead of time.
  await headers();
  if (!(await setupNeeded())) redirect("/login");
  return (
    <AuthFrame title={t("setUpUplift")} description={t("setUpHint")} footer={t("tokenLost")}>
      <SetupForm />
    </AuthFrame>
  );
}
