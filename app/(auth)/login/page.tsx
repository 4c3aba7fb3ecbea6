import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { LoginForm } from "#components/auth/login-form.tsx";
import { AuthFrame } from "#components/frame/auth-frame.tsx";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { setupNeeded } from "#lib/services/setup.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage() {
  if (await setupNeeded()) redirect("/setup");
  if (await actorFromHeaders(await headers())) redirect("/");
  return (
    <AuthFrame
      title="Sign in"
      footer="No account, or the password is lost? An administrator helps, under Settings."
    >
      <LoginForm />
    </AuthFrame>
  );
}
