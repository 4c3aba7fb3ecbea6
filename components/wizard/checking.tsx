"use client";

import { TickingDuration } from "#components/ui/duration.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Spinner } from "#components/ui/spinner.tsx";

export interface CheckingProps {
  /** When it began, ms since the epoch. */
  since: number;
  nodes: readonly string[];
  metadb: string;
}

/** What is being looked at, and for how long; how far each look is nobody can know. */
export function Checking({ since, nodes, metadb }: CheckingProps) {
  return (
    <Panel>
      <div role="status" className="flex items-start gap-3">
        <Spinner className="mt-0.5 text-run" />
        <div className="min-w-0 text-sm">
          <p className="font-medium">
            Looking at {nodes.length === 1 ? "1 node" : `${nodes.length} nodes`} and the MetaDB,{" "}
            <TickingDuration since={since} />
          </p>
          <p className="text-muted [overflow-wrap:anywhere]">
            {nodes.slice(0, 12).join(", ")}
            {nodes.length > 12 && ` and ${nodes.length - 12} more`}; {metadb}. All at once, and
            nothing is changed. It takes as long as the slowest answer.
          </p>
        </div>
      </div>
    </Panel>
  );
}
