"use client";

import { useState, useTransition } from "react";
import { useSaid, useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { ActionResult } from "#lib/actions/session.ts";
import type { InputOf, OperationName, OutputOf, Unchecked } from "#lib/operations/table.ts";

export type ActionError = Extract<ActionResult<unknown>, { ok: false }>["error"];

export interface Submit<Input extends unknown[]> {
  submit: (...input: Input) => void;
  pending: boolean;
  /** The last answer, if it was an error. */
  error: ActionError | undefined;
  /** Its messages by field. */
  fields: Record<string, string>;
  reset: () => void;
}

/** Calls a server action from a form: waits, keeps its error in words, hands its result on. */
export function useSubmit<Input extends unknown[], T>(
  action: (...input: Input) => Promise<ActionResult<T>>,
  onDone: (value: T) => void,
): Submit<Input> {
  const t = useTranslations("ui");
  const said = useSaid();
  const [pending, startTransition] = useTransition();
  const [error, setError] = useState<ActionError>();
  return {
    pending,
    error,
    fields: fieldMessages(error?.fields ?? []),
    reset: () => setError(undefined),
    submit: (...input) => {
      if (pending) return;
      startTransition(async () => {
        const answer = await action(...input).catch(() => null);
        if (!answer) {
          const words = { message: t("noAnswer"), remedy: t("checkAndTryAgain") };
          return setError({ code: "internal", retryable: true, ...words });
        }
        if (!answer.ok) return setError(inWords(answer.error, said));
        setError(undefined);
        onDone(answer.value);
      });
    },
  };
}

/** As `useSubmit`, for a form whose fields are what an operation takes. */
export function useOperation<Name extends OperationName>(
  name: Name,
  onDone: (value: OutputOf<Name>) => void,
): Submit<[input: Unchecked<InputOf<Name>>]> {
  return useSubmit((input: Unchecked<InputOf<Name>>) => call(name, input), onDone);
}

/** An action's error in the person's language. */
export function inWords(error: ActionError, said: (text: string) => string): ActionError {
  const { fields } = error;
  return {
    ...error,
    message: said(error.message),
    remedy: said(error.remedy),
    ...(fields && { fields: fields.map((one) => ({ ...one, message: said(one.message) })) }),
  };
}

/** The first message of each field. */
export function fieldMessages(
  fields: readonly { path: string; message: string }[],
): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const { path, message } of fields) messages[path] ??= message;
  return messages;
}
