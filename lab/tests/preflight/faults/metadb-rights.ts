import { type Fault, nothing, sql } from "../fault.ts";

export const noScratchDatabase: Fault[] = [
  {
    what: "a user who may not create a scratch database",
    make: sql("revoke create on `uplift\\_rehearse\\_%`.* from 'oms_meta@site#1'@'%'"),
    mend: sql("grant create on `uplift\\_rehearse\\_%`.* to 'oms_meta@site#1'@'%'"),
    title: "Trial of oms_rm",
    result: "fail",
    evidence: /Access denied for user/,
    remedy: /GRANT ALL ON `uplift\\_rehearse\\_%`/,
  },
  {
    what: "its grants say so, too",
    make: nothing,
    mend: nothing,
    title: "Rights to rehearse",
    result: "fail",
    evidence: /^Without CREATE on scratch databases nobody can tell/,
    remedy: /GRANT ALL ON `uplift\\_rehearse\\_%`/,
  },
  {
    what: "a user from whom the server hides triggers",
    make: sql("revoke trigger on `oms\\_cm`.* from 'oms_meta@site#1'@'%'"),
    mend: sql("grant trigger on `oms\\_cm`.* to 'oms_meta@site#1'@'%'"),
    title: "Nothing hidden",
    result: "warning",
    evidence: /^Without TRIGGER on oms_cm the server hides what it is about/,
    remedy: /Grant these rights to the MetaDB user/,
  },
];

export const readOnlyServer: Fault[] = [
  {
    what: "a server that is read-only, whatever the grants say",
    make: sql("set global read_only = 1"),
    mend: async ({ scene }) => {
      await scene.lab.metadb.query("set global read_only = 0");
      await scene.everyoneHealthy();
    },
    title: "Trial of oms_rm",
    result: "fail",
    evidence: /read-only/,
    remedy: /./,
  },
];
