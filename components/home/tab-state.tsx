"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useActiveRuns } from "#components/home/active-runs.tsx";
import { mayNotify } from "#components/home/notify.ts";
import { runNews, tabMark } from "#components/home/tab-mark.ts";
import { useTranslations } from "#i18n";

/** Makes the tab's title and icon tell of the runs that are on, and the browser of what changed. */
export function TabState() {
  const t = useTranslations("words");
  const { runs } = useActiveRuns();
  const { icon, words } = tabMark(runs, t);
  useTitle(words);
  useIcon(icon);
  useNews();
  return null;
}

/** Next writes the title of each page that is opened; what stands before it is put back. */
function useTitle(words: string | null): void {
  useEffect(() => {
    if (words === null) return;
    const before = `${words} · `;
    const mark = () => {
      if (!document.title.startsWith(before)) document.title = before + document.title;
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      if (document.title.startsWith(before)) document.title = document.title.slice(before.length);
    };
  }, [words]);
}

function useIcon(icon: string): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link) link.href = `/${icon}`;
  }, [icon]);
}

function useNews(): void {
  const words = useTranslations("words");
  const { runs } = useActiveRuns();
  const router = useRouter();
  const before = useRef(runs);
  useEffect(() => {
    const news = runNews(before.current, runs, words);
    before.current = runs;
    // Whoever looks at the page sees it there.
    if (!document.hidden || !mayNotify()) return;
    for (const { runId, title } of news) {
      const notification = new Notification(title, { tag: runId, icon: "/icon.svg" });
      notification.onclick = () => {
        window.focus();
        router.push(`/runs/${runId}`);
      };
    }
  }, [runs, router, words]);
}
