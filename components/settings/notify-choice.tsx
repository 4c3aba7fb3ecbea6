"use client";

import { useEffect, useState } from "react";
import { type NotifyState, notifyState, setNotify } from "#components/home/notify.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { useTranslations } from "#i18n";

/** Whether this browser tells when a run begins to wait or has ended. */
export function NotifyChoice() {
  const t = useTranslations("settings");
  const [state, setState] = useState<NotifyState>("off");
  useEffect(() => setState(notifyState()), []);
  return (
    <Checkbox
      label={t("notifyMe")}
      hint={t(`notifyHints.${state}`)}
      checked={state === "on"}
      disabled={state === "unavailable" || state === "refused"}
      onCheckedChange={(wanted) => void setNotify(wanted === true).then(setState)}
    />
  );
}
