"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { type Catalogue, upgradePath } from "#lib/oms/catalogue.ts";
import type { TargetForm, VersionChoice } from "./target.ts";

const another = "another";

export interface VersionFieldsProps {
  from: string;
  choices: VersionChoice[];
  catalogue: Catalogue;
  target: TargetForm;
  errors: Record<string, string>;
  onVersion: (version: string) => void;
  onReason: (reason: string) => void;
}

/** The version to upgrade to; a path the vendor does not document needs words that the audit keeps. */
export function VersionFields({
  from,
  choices,
  catalogue,
  target,
  errors,
  onVersion,
  onReason,
}: VersionFieldsProps) {
  const { version } = target;
  const [typed, setTyped] = useState(!choices.some((choice) => choice.version === version));
  const complete = /^\d+\.\d+\.\d+$/.test(version);
  const versions = [...target.via.map((hop) => hop.version), ...(complete ? [version] : [])];
  const paths = versions.map((to, index) => ({
    to,
    from: versions[index - 1] ?? from,
    path: upgradePath(versions[index - 1] ?? from, to, catalogue),
  }));
  const warnings = new Set(paths.flatMap(({ path }) => path.warnings));
  const unlisted = paths.filter(({ path }) => path.unlisted !== null);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Upgrade to"
          name="targetVersion"
          {...(!typed && { error: errors.version })}
          hint={`${from} runs now.`}
        >
          {({ name: _, ...control }) => (
            <Select
              {...control}
              value={typed ? another : version}
              onValueChange={(next) => {
                setTyped(next === another);
                onVersion(next === another ? "" : next);
              }}
              options={[
                ...choices.map((choice) => ({
                  value: choice.version,
                  label: choice.version,
                  hint: choice.documented
                    ? `Documented from ${from}`
                    : choice.over
                      ? `In ${choice.over.length + 1} hops over ${choice.over.join(" and ")}`
                      : `Not documented from ${from}`,
                })),
                { value: another, label: "Another version…" },
              ]}
            />
          )}
        </Field>
        {typed && (
          <Field label="Version" name="version" error={errors.version}>
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                placeholder="4.2.11"
                value={version}
                onChange={(event) => onVersion(event.target.value.trim())}
              />
            )}
          </Field>
        )}
      </div>
      {[...warnings].map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      {unlisted.map((one) => (
        <Notice
          key={one.to}
          tone="warn"
          title={`From ${one.from} to ${one.to} is not a documented upgrade`}
        >
          {one.path.unlisted}
        </Notice>
      ))}
      {unlisted.length > 0 && (
        <Field
          label="Why it may be done here"
          name="unlistedPathReason"
          error={errors.unlistedPathReason}
          hint="Kept in the audit with your name. Without it the checks fail."
        >
          {(control) => (
            <Textarea
              {...control}
              value={target.unlistedPathReason}
              onChange={(event) => onReason(event.target.value)}
            />
          )}
        </Field>
      )}
    </>
  );
}
