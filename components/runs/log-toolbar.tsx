"use client";

import { ArrowDownToLine, Download, Timer, WrapText } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { IconLink } from "#components/ui/icon-link.tsx";
import { Select } from "#components/ui/select.tsx";
import type { NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import type { PlanHost } from "#lib/domain/plan.ts";
import type { LineKind } from "#lib/domain/run-log/line-kind.ts";

const everything = "all";

const kinds: Record<LineKind, string> = {
  errors: "Errors",
  troubles: "Errors and warnings",
  stdout: "Standard output",
  stderr: "Standard error",
  note: "Commands and remarks",
};

export interface LogToolbarProps {
  runId: RunId;
  hosts: readonly PlanHost[];
  nodeId: NodeId | null;
  onPickNode: (nodeId: NodeId | null) => void;
  /** Those that have begun. */
  steps: readonly { id: StepId; title: string }[];
  stepId: StepId | null;
  onPickStep: (stepId: StepId | null) => void;
  kind: LineKind | null;
  onKind: (kind: LineKind | null) => void;
  /** Times count from the run's start. */
  relative: boolean;
  onRelative: (relative: boolean) => void;
  /** A LogFind. */
  find: ReactNode;
  shown: number;
  all: number;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  /** All lines that are shown, in one text. */
  copy: () => string;
}

/** What narrows and searches the log, and takes it elsewhere; three rows on a narrow screen. */
export function LogToolbar(props: LogToolbarProps) {
  const { hosts, nodeId, steps, stepId, kind, relative, shown, all, wrap, follow } = props;
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b px-2 py-1.5">
      <h2 className="px-1 font-medium text-muted text-xs">Log</h2>
      <div className="flex gap-2 max-sm:order-3 max-sm:w-full">
        <Select
          size="sm"
          aria-label="Host"
          className="max-w-48 max-sm:max-w-1/2"
          value={nodeId ?? everything}
          onValueChange={(value) =>
            props.onPickNode(value === everything ? null : (value as NodeId))
          }
          options={[
            { value: everything, label: "All hosts" },
            ...hosts.map((host) => ({ value: host.nodeId as string, label: host.name })),
          ]}
        />
        <Select
          size="sm"
          aria-label="Step"
          className="max-w-64 max-sm:max-w-1/2"
          value={stepId ?? everything}
          onValueChange={(value) =>
            props.onPickStep(value === everything ? null : (value as StepId))
          }
          options={[
            { value: everything, label: "All steps" },
            ...steps.map(({ id, title }) => ({ value: id as string, label: title })),
          ]}
        />
      </div>
      <Select
        size="sm"
        aria-label="Lines"
        className="max-w-48 max-sm:order-4 max-sm:w-full max-sm:max-w-none"
        value={kind ?? everything}
        onValueChange={(value) => props.onKind(value === everything ? null : (value as LineKind))}
        options={[
          { value: everything, label: "All lines" },
          ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
        ]}
      />
      {props.find}
      <p className="ml-auto text-faint text-xs tabular-nums" aria-live="off">
        {shown < all ? `${shown.toLocaleString("en-GB")} of ` : ""}
        {all.toLocaleString("en-GB")} {all === 1 ? "line" : "lines"}
      </p>
      <div className="flex">
        <IconButton
          icon={Timer}
          label="Times since the run’s start"
          size="sm"
          aria-pressed={relative}
          className={relative ? "bg-active text-fg" : ""}
          onClick={() => props.onRelative(!relative)}
        />
        <IconButton
          icon={WrapText}
          label="Wrap long lines"
          size="sm"
          aria-pressed={wrap}
          className={wrap ? "bg-active text-fg" : ""}
          onClick={() => props.onWrap(!wrap)}
        />
        <IconButton
          icon={ArrowDownToLine}
          label="Follow the end"
          size="sm"
          aria-pressed={follow}
          className={follow ? "bg-active text-fg" : ""}
          onClick={() => props.onFollow(!follow)}
        />
        <CopyButton label="Copy the lines shown" text={props.copy} />
        <IconLink
          icon={Download}
          label={`Download the ${stepId ? "log of this step" : "whole log"}; secrets in it are masked`}
          href={`/api/v1/runs/${props.runId}/log${stepId ? `?step=${stepId}` : ""}`}
          download={`${props.runId}${stepId ? `-${stepId}` : ""}-log.txt`}
        />
      </div>
    </header>
  );
}
