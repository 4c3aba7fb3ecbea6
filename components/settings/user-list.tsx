"use client";

import { Ellipsis, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useSaid, useTranslations } from "#i18n";
import { call } from "#lib/actions/call.ts";
import type { ActionResult } from "#lib/actions/session.ts";
import { roleNames } from "#lib/domain/role-names.ts";
import type { UserView } from "#lib/operations/users.ts";
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
      <DataTable
        label={t("users")}
        rows={users}
        rowKey={({ id }) => id}
        columns={[
          {
            name: t("name"),
            className: "font-medium [overflow-wrap:anywhere]",
            cell: ({ id, name, disabled }) => (
              <span>
                {name}
                {id === self && <span className="text-muted"> {t("you")}</span>}
                {disabled && <span className="text-fail"> {t("disabled")}</span>}
              </span>
            ),
          },
          {
            name: t("eMail"),
            className: "[overflow-wrap:anywhere]",
            cell: ({ email }) => email,
          },
          {
            name: t("role"),
            cell: ({ id, name, role }) => (
              <Select
                size="sm"
                aria-label={t("roleOfName", { name })}
                value={role}
                disabled={id === self}
                onValueChange={(next) =>
                  void change(
                    t("nameIsRoleNow", { name, role: words(`roles.${next}`) }),
                    call("users.set-role", { id, role: next }),
                  )
                }
                options={roleNames.map((each) => ({
                  value: each,
                  label: words(`roles.${each}`),
                }))}
              />
            ),
          },
          {
            name: t("since"),
            cell: ({ createdAt }) => (
              <Clock at={createdAt} show="date" className="font-mono text-xs" />
            ),
          },
          {
            name: t("actions"),
            unnamed: true,
            className: "text-right sm:w-12",
            cell: (user) => (
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
                      call("users.set-disabled", { id: user.id, disabled: !user.disabled }),
                    )
                  }
                >
                  {user.disabled ? t("enableTheAccount") : t("disableTheAccount")}
                </MenuItem>
              </Menu>
            ),
          },
        ]}
      />
      <NewUserDialog open={adding} onOpenChange={setAdding} />
      <ResetPasswordDialog user={resetting} onClose={() => setResetting(undefined)} />
    </Section>
  );
}
