import { Server } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** What is said before the first deployment is registered. */
export function NoDeployments({ mayRegister }: { mayRegister: boolean }) {
  return (
    <EmptyState
      icon={Server}
      title="No deployments yet"
      action={
        mayRegister && (
          <LinkButton href="/deployments/new" variant="primary">
            Register a deployment
          </LinkButton>
        )
      }
    >
      A deployment is one OMS service with its regions and nodes.{" "}
      {mayRegister
        ? "Give Uplift one node’s SSH access and it proposes the rest."
        : "An operator or an administrator registers the first one."}
    </EmptyState>
  );
}
