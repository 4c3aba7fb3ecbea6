import { withMessages } from "#components/frame/messages.tsx";
import { CredentialList } from "#components/settings/credential-list.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { listCredentials } from "#lib/operations/credentials.ts";

export const generateMetadata = pageTitle("credentials");

export default withMessages(["deployments", "said", "settings"], CredentialsPage);

async function CredentialsPage() {
  const actor = await requireActor();
  return (
    <CredentialList
      credentials={await listCredentials(actor)}
      mayChange={roleMay(actor.role, "credential.change")}
    />
  );
}
