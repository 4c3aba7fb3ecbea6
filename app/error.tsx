"use client";

import { PageError } from "#components/frame/page-error.tsx";

/** For what breaks in the frame around the pages. */
export default function FrameError(props: Parameters<typeof PageError>[0]) {
  return (
    <main className="mx-auto max-w-2xl p-6">
      <PageError {...props} />
    </main>
  );
}
