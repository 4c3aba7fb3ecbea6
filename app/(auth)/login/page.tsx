import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { LoginForm } from "#components/auth/login-form.tsx";
import { AuthFrame } from "#components/frame/auth-frame.tsx";
import { withMessages } from "#components/frame/messages.tsx";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { setupNeeded } from "#lib/operations/setup.ts";

export const generateMetadata = pageTitle("signIn");

export default withMessages(["auth", "said"], LoginPage);

async function LoginPage() {
  const t = await getTranslations("app");
  if (await setupNeeded()) redirect("/setup");
  if (await actorFromHeaders(await headers())) redirect("/");
  return (
    <AuthFrame title={t("signIn")} footer={t("noAccount")}>
      <LoginForm />
    </AuthFrame>
  );
}
