"use client";

import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <ErrorState
      title="This page could not be shown"
      why="Something went wrong inside Uplift. Nothing was changed by it; runs go on."
      next="Try again. If it stays, look for the error id in the server's log."
      {...(error.digest && { id: error.digest })}
      actions={<Button onClick={reset}>Try again</Button>}
    />
  );
}
