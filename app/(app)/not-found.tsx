import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default function NotFound() {
  return (
    <EmptyState title="Not found" action={<LinkButton href="/">Go to the home page</LinkButton>}>
      There is nothing at this address; it may have been deleted.
    </EmptyState>
  );
}
