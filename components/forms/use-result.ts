"use client";

import { useState } from "react";
import useSWR from "swr";
import { useSaid, useTranslations } from "#i18n";
import type { ActionResult } from "#lib/actions/session.ts";
import { type ActionError, inWords } from "./use-submit.ts";

export interface Asking {
  /** Asks again and again while the page is visible, so many milliseconds apart; else once. */
  everyMs?: number;
  /** Another text asks at once; the last answer stays until then. */
  moment?: string;
}

export interface Asked<Value> {
  /** The last answer that was none of an error; null until there is one. */
  value: Value | null;
  /** In the person's language, until an answer comes. */
  error: ActionError | undefined;
  asking: boolean;
  ask: () => void;
}

/** What an address of the dashboard's own answers. @param url null: nothing is asked */
export function useResult<Value>(
  url: string | null,
  { everyMs = 0, moment }: Asking = {},
): Asked<Value> {
  const t = useTranslations("ui");
  const said = useSaid();
  // What is asked once is never answered from memory: it is about now.
  const [opened] = useState(() => String(Date.now()));
  const key = url === null ? null : ([url, moment ?? (everyMs > 0 ? "" : opened)] as const);
  const { data, error, isValidating, mutate } = useSWR<Value, unknown, typeof key>(
    key,
    ([at]) => fetchResult<Value>(at),
    {
      refreshInterval: everyMs,
      dedupingInterval: 100,
      // Browsers know of the way to the internet, not of the way to this dashboard.
      refreshWhenOffline: true,
      keepPreviousData: moment !== undefined,
      revalidateOnFocus: everyMs > 0,
      shouldRetryOnError: everyMs > 0,
      // A dashboard that is back after an hour is seen as soon as one that was away for a moment.
      onErrorRetry: (_error, _key, _config, again, options) => {
        setTimeout(() => void again(options), everyMs);
      },
    },
  );
  const noAnswer = () => ({ message: t("noAnswer"), remedy: t("checkAndTryAgain") });
  return {
    value: data ?? null,
    error:
      error === undefined
        ? undefined
        : error instanceof Refused
          ? inWords(error.info, said)
          : { code: "internal", retryable: true, ...noAnswer() },
    asking: isValidating,
    ask: () => void mutate(),
  };
}

/** What the dashboard answered instead of a result. */
class Refused extends Error {
  readonly info: ActionError;
  constructor(info: ActionError) {
    super(info.message);
    this.info = info;
  }
}

/** @throws Refused; TypeError, SyntaxError when there was no answer */
async function fetchResult<Value>(url: string): Promise<Value> {
  const answer = await fetch(url);
  const result = (await answer.json()) as ActionResult<Value>;
  if (!result.ok) throw new Refused(result.error);
  return result.value;
}
