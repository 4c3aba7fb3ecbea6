import { useEffect } from "react";

/** Keeps the screen from going dark while the page is in sight, where the browser can (HTTPS only). */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const take = async () => {
      if (document.hidden || !("wakeLock" in navigator)) return;
      // Refused on low battery, say: then the screen does as it pleases.
      lock = await navigator.wakeLock.request("screen").catch(() => null);
      if (over) await lock?.release();
    };
    void take();
    // The browser gives it up whenever the page is hidden.
    document.addEventListener("visibilitychange", take);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", take);
      void lock?.release();
    };
  }, []);
}
