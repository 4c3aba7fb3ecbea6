"use client";

import { Ellipsis, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Clock } from "#components/ui/clock.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Select } from "#components/ui/select.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ActionResult } from "#lib/actions/session.ts";
import { setUserDisabledAction, setUserRoleAction } from "#lib/actions/users.ts";
import { Role } from "#lib/domain/roles.ts";
import type { UserView } from "#lib/services/users.ts";
import { roleWords } from "./role-words.ts";
import { NewUserDialog, ResetPasswordDialog } from "./user-dialogs.tsx";

export interface UserListProps {
  users: UserView[];
  /** The id of the person who looks. */
  self: string;
}

/** Everybody with an account, and what they may do. */
export function UserList({ users, self }: UserListProps) {
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<UserView>();

  async function change(done: string, work: Promise<ActionResult<void>>) {
    const answer = await work;
    if (answer.ok) toast.success(done);
    else toast.error(answer.error.message, { description: answer.error.remedy });
    router.refresh();
  }

  return (
    <Section
      title="Users and roles"
      description="A changed role or a disabled account takes effect at once."
      actions={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden="true" />
          Add a user
        </Button>
      }
    >
      <Table label="Users">
        <THead>
          <Th>Name</Th>
          <Th>E-mail</Th>
          <Th>Role</Th>
          <Th>Since</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </THead>
        <TBody>
          {users.map((user) => (
            <Tr key={user.id}>
              <Td className="font-medium [overflow-wrap:anywhere]">
                <span>
                  {user.name}
                  {user.id === self && <span className="text-muted"> (you)</span>}
                  {user.disabled && <span className="text-fail"> disabled</span>}
                </span>
              </Td>
              <Td label="E-mail" className="[overflow-wrap:anywhere]">
                {user.email}
              </Td>
              <Td label="Role">
                <Select
                  size="sm"
                  aria-label={`Role of ${user.name}`}
                  value={user.role}
                  disabled={user.id === self}
                  onValueChange={(role) =>
                    void change(`${user.name} is ${role} now`, setUserRoleAction(user.id, role))
                  }
                  options={Role.options.map((role) => ({
                    value: role,
                    label: role,
                    hint: roleWords[role],
                  }))}
                />
              </Td>
              <Td label="Since">
                <Clock at={user.createdAt} show="date" className="font-mono text-xs" />
              </Td>
              <Td className="text-right sm:w-12">
                <Menu
                  trigger={
                    <IconButton icon={Ellipsis} size="sm" label={`Actions for ${user.name}`} />
                  }
                >
                  <MenuItem onSelect={() => setResetting(user)}>Set a new password…</MenuItem>
                  <MenuItem
                    disabled={user.id === self}
                    {...(!user.disabled && { tone: "danger" as const })}
                    onSelect={() =>
                      void change(
                        `${user.name} is ${user.disabled ? "enabled" : "disabled"} now`,
                        setUserDisabledAction(user.id, !user.disabled),
                      )
                    }
                  >
                    {user.disabled ? "Enable the account" : "Disable the account"}
                  </MenuItem>
                </Menu>
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
      <NewUserDialog open={adding} onOpenChange={setAdding} />
      <ResetPasswordDialog user={resetting} onClose={() => setResetting(undefined)} />
    </Section>
  );
}
