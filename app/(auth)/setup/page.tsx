import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SetupForm } from "#components/auth/setup-form.tsx";
import { AuthFrame } from "#components/frame/auth-frame.tsx";
import { setupNeeded } from "#lib/services/setup.ts";

export const metadata: Metadata = { title: "Set up Uplift" };

export default async function SetupPage() {
  // Read for its effect: this page is never made ahead of time.
  await headers();
  if (!(await setupNeeded())) redirect("/login");
  return (
    <AuthFrame
      title="Set up Uplift"
      description="Create the first administrator. Others get their accounts from that person."
      footer="Token lost? Restart the server: it prints a new one as long as nobody has an account."
    >
      <SetupForm />
    </AuthFrame>
  );
}
