import type { MetadbKind } from "../kind.ts";
import { mariadb10, mariadb11 } from "./mariadb.ts";
import { mysql9 } from "./mysql.ts";
import { oceanbase } from "./oceanbase.ts";
import type { ServerProgram } from "./program.ts";

export const programs: Readonly<Record<MetadbKind, ServerProgram>> = {
  oceanbase,
  mysql: mysql9,
  mariadb: mariadb10,
  "mariadb-11.8": mariadb11,
};
