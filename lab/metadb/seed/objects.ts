import { identifier } from "../identifier.ts";
import type { MetadbKind } from "../kind.ts";

/** Views, triggers, routines and events of the rm database. Each statement is run with it as the current one. */

/** Run as the MetaDB's user, who is their definer, as it is where OMS itself has made them. */
export function ownedObjects(rm: string, kind: MetadbKind, account: string): string[] {
  const db = identifier(rm);
  return [
    `create view ${db}.a_view_on_a_view_base as select id, project_name, project_status from ${db}.oms_project where project_status <> 'DELETED'`,
    `create view ${db}.a_first_view as select project_status, count(*) as projects from ${db}.a_view_on_a_view_base group by project_status`,
    `create view \`a 名 "view"\` as select project_name as \`名 "x"\`, '半 ; -- x' as t from a_view_on_a_view_base`,
    "create view checked_view as select id, parent from oms_a_child where id > 0 with check option",
    `create trigger ${db}.trg_project_status after update on ${db}.oms_project for each row
       insert into ${db}.oms_project_audit (project_id, was, became, at) values (new.project_id, old.project_status, new.project_status, now(3))`,
    "create trigger trg_first before insert on oms_a_child for each row set new.parent = coalesce(new.parent, 1)",
    `create trigger \`trg 名\` before insert on oms_a_child for each row follows trg_first
     begin declare x int default 1; if new.parent = 0 then set new.parent = x; end if; end`,
    `create trigger trg_guard before delete on oms_checked for each row
     begin if old.a = 99 then signal sqlstate '45000' set message_text = 'no; not ''this'' one // 雪'; end if; end`,
    `create procedure ${db}.count_projects (out n int) select count(*) into n from ${db}.oms_project`,
    `create procedure walk_projects (in a int, out b varchar(20), inout c decimal(10,2)) sql security invoker comment 'a; b'
     begin declare done int default 0; declare i int; declare each_one cursor for select id from oms_project;
     declare continue handler for not found set done = 1; open each_one;
     walk: loop fetch each_one into i; if done then leave walk; end if; end loop; close each_one; set b = '雪'; end`,
    `create function project_label (n int, \`m 名\` varchar(20)) returns varchar(100) deterministic
     begin declare r varchar(100); set r = concat(n, '雪', \`m 名\`); return r; end`,
    // Made under another mode, which a restore must set again.
    'set sql_mode = \'ANSI_QUOTES\'; create procedure quoted_names () select "id" from "oms_project"',
    ...(kind === "oceanbase"
      ? [] // It has no events, and what is asked of a view over an ENUM it answers with "Invalid argument".
      : [
          "create view a_members_view as select id, e, s from oms_members",
          "create algorithm = merge sql security invoker view invoker_view as select id from oms_project",
        ]),
    // Of a definer with an @ in his name MariaDB's SHOW CREATE EVENT answers another one: no dump can bring it back.
    ...(kind === "oceanbase" || (kind !== "mysql" && account.includes("@"))
      ? []
      : [
          `create event tidy_up on schedule every 1 day starts '2037-01-01 00:00:00' on completion preserve comment 'x; y'
           do begin delete from oms_project_audit where id = 0; end`,
        ]),
  ];
}

/** The account that made the objects of `foreignObjects`; it exists, and the MetaDB's user is another one. */
export const foreignDefiner = { name: "oms_dba", password: "of the site's DBA" };

/** Run as an administrator: objects whose definer is somebody else. A view of OceanBase's has none. */
export function foreignObjects(kind: MetadbKind): string[] {
  const by = `definer = '${foreignDefiner.name}'@'%'`;
  return [
    `create ${by} trigger trg_of_the_dba before insert on oms_project for each row set new.project_owner = coalesce(new.project_owner, 'dba')`,
    `create ${by} procedure procedure_of_the_dba () select count(*) from oms_project`,
    `create ${by} function function_of_the_dba () returns int reads sql data return (select count(*) from oms_project)`,
    ...(kind === "oceanbase"
      ? []
      : [
          `create ${by} view view_of_the_dba as select id, project_owner from oms_project`,
          `create ${by} event event_of_the_dba on schedule every 1 day starts '2037-01-01 00:00:00' disable do delete from oms_project_audit where id = 0`,
        ]),
  ];
}
