"use client";

import { useEffect, useState } from "react";
import { type NotifyState, notifyState, setNotify } from "#components/home/notify.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";

const hints: Record<NotifyState, string> = {
  unavailable: "This browser notifies only on pages that come over HTTPS.",
  refused: "This browser refuses notifications of this page; allow them in its own settings.",
  off: "While a page of Uplift is open in this browser, also in the background.",
  on: "While a page of Uplift is open in this browser, also in the background.",
};

/** Whether this browser tells when a run begins to wait or has ended. */
export function NotifyChoice() {
  const [state, setState] = useState<NotifyState>("off");
  useEffect(() => setState(notifyState()), []);
  return (
    <Checkbox
      label="Notify me when a run waits for a person or has ended"
      hint={hints[state]}
      checked={state === "on"}
      disabled={state === "unavailable" || state === "refused"}
      onCheckedChange={(wanted) => void setNotify(wanted === true).then(setState)}
    />
  );
}
