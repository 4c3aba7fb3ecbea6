"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import type { ExternalToast, toast as Send } from "sonner";

/** Most pages never show one: what draws them is fetched with the first. */
const ToastList = lazy(() =>
  import("./toast-list.tsx").then((loaded) => ({ default: loaded.ToastList })),
);

let wanted = false;
let listening: (() => void) | null = null;
const ready = Promise.withResolvers<typeof Send>();

async function show(kind: "success" | "error", text: string, more?: ExternalToast): Promise<void> {
  wanted = true;
  listening?.();
  const send = await ready.promise;
  send[kind](text, more);
}

/** Says in passing what came of something. */
export const toast = {
  success: (text: string, more?: ExternalToast) => void show("success", text, more),
  error: (text: string, more?: ExternalToast) => void show("error", text, more),
};

function subscribe(onChange: () => void): () => void {
  listening = onChange;
  return () => {
    listening = null;
  };
}

/**
 * Where toasts appear; the root layout holds one. A toast confirms what the person just did
 * ("Run paused"); what must not be missed belongs on the page.
 */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => wanted,
    () => false,
  );
  return shown ? (
    <Suspense>
      <ToastList onReady={ready.resolve} />
    </Suspense>
  ) : null;
}
