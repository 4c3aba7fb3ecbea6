"use client";

import { Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";

export interface DeploymentMenuProps {
  id: DeploymentId;
  name: string;
  /** Why it cannot be deleted now. */
  busy: boolean;
}

/** What is done to a deployment rarely: deleting it, after its name was typed. */
export function DeploymentMenu({ id, name, busy }: DeploymentMenuProps) {
  const t = useTranslations("deployments");
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label={t("moreActions")} />}>
        <MenuItem
          icon={Trash2}
          tone="danger"
          disabled={busy}
          hint={busy ? t("notWhileARunIs") : undefined}
          onSelect={() => setDeleting(true)}
        >
          {t("delete")}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={t("askDelete", { name })}
        consequences={[t("deleteRemoves"), t("deleteKeepsHosts")]}
        recovery={t("deleteRecovery")}
        name={name}
        action={t("deleteTheDeployment")}
        onConfirm={async () => {
          const answer = await call("deployments.delete", { deploymentId: id });
          if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
          toast.success(t("wasDeleted", { name }));
          router.push("/deployments");
          router.refresh();
        }}
      />
    </>
  );
}
