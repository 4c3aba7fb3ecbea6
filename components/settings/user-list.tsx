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
import { useSaid, useTranslations } from "#i18n";
import type { ActionResult } from "#lib/actions/session.ts";
import { setUserDisabledAction, setUserRoleAction } from "#lib/actions/users.ts";
import { roleNames } from "#lib/domain/role-names.ts";
import type { UserView } from "#lib/services/users.ts";
import { NewUserDialog, ResetPasswordDialog } from "./user-dialogs.tsx";

export interface UserListProps {
  users: UserView[];
  /** The id of the person who looks. */
  self: string;
}

/** Everybody with an account, and what they may do. */
export function UserList({ users, self }: UserListProps) {
  const said = useSaid();
  const t = useTranslations("settings");
  const words = useTranslations("words");
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<UserView>();

  async function change(done: string, work: Promise<ActionResult<void>>) {
    const answer = await work;
    if (answer.ok) toast.success(done);
    else toast.error(said(answer.error.message), { description: said(answer.error.remedy) });
    router.refresh();
  }

  return (
    <Section
      help="security#who-may-do-what"
      title={t("usersAndRoles")}
      description={t("usersHint")}
      actions={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden="true" />
          {t("addAUser")}
        </Button>
      }
    >
      <Table label={t("users")}>
        <THead>
          <Th>{t("name")}</Th>
          <Th>{t("eMail")}</Th>
          <Th>{t("role")}</Th>
          <Th>{t("since")}</Th>
          <Th>
            <span className="sr-only">{t("actions")}</span>
          </Th>
        </THead>
        <TBody>
          {users.map((user) => (
            <Tr key={user.id}>
              <Td className="font-medium [overflow-wrap:anywhere]">
                <span>
                  {user.name}
                  {user.id === self && <span className="text-muted"> {t("you")}</span>}
                  {user.disabled && <span className="text-fail"> {t("disabled")}</span>}
                </span>
              </Td>
              <Td label={t("eMail")} className="[overflow-wrap:anywhere]">
                {user.email}
              </Td>
              <Td label={t("role")}>
                <Select
                  size="sm"
                  aria-label={t("roleOfName", { name: user.name })}
                  value={user.role}
                  disabled={user.id === self}
                  onValueChange={(role) =>
                    void change(
                      t("nameIsRoleNow", { name: user.name, role: words(`roles.${role}`) }),
                      setUserRoleAction(user.id, role),
                    )
                  }
                  options={roleNames.map((role) => ({
                    value: role,
                    label: words(`roles.${role}`),
                    hint: words(`rolesMean.${role}`),
                  }))}
                />
              </Td>
              <Td label={t("since")}>
                <Clock at={user.createdAt} show="date" className="font-mono text-xs" />
              </Td>
              <Td className="text-right sm:w-12">
                <Menu
                  trigger={
                    <IconButton
                      icon={Ellipsis}
                      size="sm"
                      label={t("actionsForName", { name: user.name })}
                    />
                  }
                >
                  <MenuItem onSelect={() => setResetting(user)}>{t("setANewPassword")}</MenuItem>
                  <MenuItem
                    disabled={user.id === self}
                    {...(!user.disabled && { tone: "danger" as const })}
                    onSelect={() =>
                      void change(
                        t("nameIsEnabledNow", {
                          name: user.name,
                          isDisabled: String(user.disabled),
                        }),
                        setUserDisabledAction(user.id, !user.disabled),
                      )
                    }
                  >
                    {user.disabled ? t("enableTheAccount") : t("disableTheAccount")}
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
