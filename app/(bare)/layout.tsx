import type { ReactNode } from "react";
import { requireActor } from "#lib/actions/session.ts";

/** Pages for paper and for the wall: nothing is around them. */
export default async function BareLayout({ children }: { children: ReactNode }) {
  await requireActor();
  return children;
}
