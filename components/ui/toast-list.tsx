"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner, type ToasterProps, toast } from "sonner";
import { StateGlyph } from "#components/ui/state-glyph.tsx";

const themes = ["light", "dark", "system"] as const satisfies readonly ToasterProps["theme"][];

/** Draws the toasts. @param onReady hears when it does, with what sends it one */
export function ToastList({ onReady }: { onReady: (send: typeof toast) => void }) {
  const chosen = useTheme().theme;
  useEffect(() => onReady(toast), [onReady]);
  return (
    <Sonner
      theme={themes.find((theme) => theme === chosen) ?? "system"}
      position="bottom-right"
      offset={20}
      mobileOffset={{ bottom: 72 }}
      gap={8}
      style={{ fontFamily: "inherit" }}
      icons={{
        success: <StateGlyph state="succeeded" className="text-ok" />,
        error: <StateGlyph state="failed" className="text-fail" />,
        warning: <StateGlyph state="warning" className="text-warn" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border border-line-strong bg-raised px-3 py-2.5 text-fg text-sm shadow-lift sm:w-(--width)",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "text-muted",
          actionButton:
            "shrink-0 rounded-sm font-medium text-accent-text underline underline-offset-3",
        },
      }}
    />
  );
}
