import type { ReactNode } from "react";
import { AppFrame } from "#components/frame/app-frame.tsx";
import { ActiveRunsProvider } from "#components/home/active-runs.tsx";
import { RunBar } from "#components/home/run-bar.tsx";
import { TabState } from "#components/home/tab-state.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { signOutAction } from "#lib/actions/sign-in.ts";
import { activeRuns } from "#lib/operations/active-runs.ts";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  return (
    <ActiveRunsProvider initial={await activeRuns(actor)}>
      <TabState />
      <AppFrame
        user={{
          name: actor.name,
          role: actor.role,
          accountHref: "/settings/account",
          signOut: signOutAction,
        }}
        activeRun={<RunBar />}
      >
        {children}
      </AppFrame>
    </ActiveRunsProvider>
  );
}
