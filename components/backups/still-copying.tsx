"use client";

import { useRouter } from "next/navigation";
import useSWR from "swr";

/** Reads the page again and again while copies are under way; the page leaves it out when none are. */
export function StillCopying() {
  const router = useRouter();
  useSWR("copies", () => router.refresh(), { refreshInterval: 3_000, revalidateOnMount: false });
  return null;
}
