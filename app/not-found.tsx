import type { Metadata } from "next";
import { AuthFrame } from "#components/frame/auth-frame.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <AuthFrame title="Not found" description="There is nothing at this address.">
      <LinkButton href="/" variant="primary" size="lg">
        Go to the home page
      </LinkButton>
    </AuthFrame>
  );
}
