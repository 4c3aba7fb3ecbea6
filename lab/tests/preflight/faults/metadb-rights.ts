import { type Fault, nothing, sql } from "../fault.ts";

export const noScratchDatabase: Fault[] = [
  {
    what: "a user who may not create a scratch database",
    make: sql("revoke create on `uplift\\_rehearse\\_%`.* from 'oms_meta@site#1'@'%'"),
    mend: sql("grant create on `uplift\\_rehearse\\_%`.* to 'oms_meta@site#1'@'%'"),
    title: "Rights tried",
    result: "warning",
    evidence: /the server refused CREATE DATABASE: .*denied/,
    remedy: /GRANT ALL ON `uplift\\_rehearse\\_%`/,
  },
  {
    what: "its grants say so, too",
    make: nothing,
    mend: nothing,
    title: "Rights to rehearse",
    result: "warning",
    evidence: /^Without CREATE on scratch databases no restore is rehearsed/,
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
    title: "Rights tried",
    result: "fail",
    evidence: /the server refused CREATE DATABASE: .*read-only/,
    remedy: /a restore would meet the same/,
  },
];
