"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Whoever follows a link by keyboard loses the link with the page it stood on, and with it their place: they go on
 * at the beginning of the new page. A focus that has found a place of its own stays there.
 */
export function KeepFocus() {
  const address = `${usePathname()}?${useSearchParams()}`;
  const before = useRef(address);
  useEffect(() => {
    if (before.current === address) return;
    before.current = address;
    if (document.activeElement && document.activeElement !== document.body) return;
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [address]);
  return null;
}
