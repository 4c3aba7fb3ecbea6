"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner, type ToasterProps } from "sonner";
import { StateGlyph } from "#components/ui/state-glyph.tsx";

/** Says in passing what came of something. */
export { toast } from "sonner";

const themes = ["light", "dark", "system"] as const satisfies readonly ToasterProps["theme"][];

/**
 * Where toasts appear; the root layout holds one. A toast confirms what the person just did
 * ("Run paused"); what must not be missed belongs on the page.
 */
export function Toaster() {
  const chosen = useTheme().theme;
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
