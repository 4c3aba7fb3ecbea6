"use client";

import type { ActionError } from "#components/forms/use-submit.ts";
import { FormErrors } from "#components/ui/form-errors.tsx";
import { Notice } from "#components/ui/notice.tsx";

export interface ActionErrorsProps {
  error: ActionError | undefined;
  fields?: Record<string, string>;
}

/** The error of a form's action: a list of its fields, or what happened and what to do next. */
export function ActionErrors({ error, fields = {} }: ActionErrorsProps) {
  if (Object.keys(fields).length > 0) return <FormErrors fields={fields} />;
  if (!error) return null;
  return (
    <Notice tone="fail" role="alert" title={error.message}>
      {error.remedy}
    </Notice>
  );
}
