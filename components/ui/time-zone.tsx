"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { timeZoneCookie } from "#components/ui/cookies.ts";

const TimeZoneContext = createContext("UTC");

export interface TimeZoneProviderProps {
  /** The zone from the cookie, or UTC on the first visit. */
  zone: string;
  children: ReactNode;
}

/** Gives clocks their zone: what the server assumed first, then what the browser says. */
export function TimeZoneProvider({ zone, children }: TimeZoneProviderProps) {
  const [current, setCurrent] = useState(zone);
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual === zone) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs HTTPS.
    document.cookie = `${timeZoneCookie}=${encodeURIComponent(actual)}; path=/; max-age=31536000; samesite=lax`;
    setCurrent(actual);
  }, [zone]);
  return <TimeZoneContext value={current}>{children}</TimeZoneContext>;
}

/** The viewer's IANA time zone. */
export function useTimeZone(): string {
  return use(TimeZoneContext);
}
