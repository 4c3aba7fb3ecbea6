import type { MetadbKind } from "../kind.ts";
import { mariadb10 } from "./mariadb.ts";
import { oceanbase } from "./oceanbase.ts";
import type { ServerProgram } from "./program.ts";

export const programs: Readonly<Record<MetadbKind, ServerProgram>> = {
  oceanbase,
  mariadb: mariadb10,
};
