"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TimeZoneProvider } from "#components/ui/time-zone.tsx";
import { Toaster } from "#components/ui/toaster.tsx";

export interface ProvidersProps {
  /** The nonce of this response's content security policy, if it has one. */
  nonce?: string;
  /** The viewer's time zone as last seen. */
  zone: string;
  children: ReactNode;
}

/** What components expect around them: theme, time zone, tooltips, toasts. */
export function Providers({ nonce, zone, children }: ProvidersProps) {
  return (
    <ThemeProvider
      attribute="class"
      storageKey="uplift-theme"
      disableTransitionOnChange
      {...(nonce && { nonce })}
    >
      <TimeZoneProvider zone={zone}>
        {children}
        <Toaster />
      </TimeZoneProvider>
    </ThemeProvider>
  );
}
