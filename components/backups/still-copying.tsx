"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Between looks at copies that are under way, milliseconds. */
const everyMs = 3_000;

/** Reads the page again and again while copies are under way; the page leaves it out when none are. */
export function StillCopying() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
