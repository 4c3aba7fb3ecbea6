"use client";

import { Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { deleteDeploymentAction } from "#lib/actions/inventory.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";

export interface DeploymentMenuProps {
  id: DeploymentId;
  name: string;
  /** Why it cannot be deleted now. */
  busy: boolean;
}

/** What is done to a deployment rarely: deleting it, after its name was typed. */
export function DeploymentMenu({ id, name, busy }: DeploymentMenuProps) {
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu trigger={<IconButton icon={Ellipsis} label="More actions" />}>
        <MenuItem
          icon={Trash2}
          tone="danger"
          disabled={busy}
          hint={busy ? "Not while a run is on" : undefined}
          onSelect={() => setDeleting(true)}
        >
          Delete…
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${name}?`}
        consequences={[
          "Its regions, nodes and stored passwords are removed from Uplift.",
          "Nothing on the hosts is touched: OMS goes on.",
        ]}
        recovery="Its runs, dumps and audit stay. To work with it again, register it anew."
        name={name}
        action="Delete the deployment"
        onConfirm={async () => {
          const answer = await deleteDeploymentAction(id);
          if (!answer.ok) return `${answer.error.message} ${answer.error.remedy}`;
          toast.success(`${name} was deleted`);
          router.push("/deployments");
          router.refresh();
        }}
      />
    </>
  );
}
