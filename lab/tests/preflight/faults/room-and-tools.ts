import { type Fault, sql } from "../fault.ts";

export const noRoomOrTool: Fault[] = [
  {
    what: "no room to load an archive",
    make: async ({ scene }) => {
      // Sparse: what comes after the end of a tar archive is not read.
      const enlarge = `cp ${scene.lab.images.archivePathOnHost} /tmp/large.tar && truncate -s 2T /tmp/large.tar`;
      for (const host of scene.lab.allHosts) await host.mustExec(enlarge);
    },
    mend: async ({ scene }) => {
      for (const host of scene.lab.allHosts) await host.mustExec("rm /tmp/large.tar");
    },
    title: "Disk to load the image",
    result: "fail",
    evidence: /MiB free in \/\S+; the image may need \d{7}\.\d MiB/,
    remedy: /^Make room on the filesystem of/,
    target: { imageArchive: "/tmp/large.tar" },
  },
  {
    what: "a database that is large for a server that does not tell its room",
    make: async ({ scene }) => {
      const { metadb } = scene.lab;
      await metadb.query("create table oms_cm.ballast (id int primary key, b longblob)");
      await metadb.query(
        "insert into oms_cm.ballast select seq, repeat('x', 1000000) from oms_cm.seq_1_to_600",
      );
      await metadb.query("analyze table oms_cm.ballast");
    },
    mend: sql("drop table oms_cm.ballast"),
    title: "Room to rehearse",
    result: "warning",
    evidence: /need about \d{3}\.\d MiB on the server for a while; it does not tell its free room/,
    remedy: /Make sure that the server has that room, or set a lower limit/,
  },
  {
    what: "a compressor that a node lacks",
    make: async (here) => {
      await here.first.hideTool("/usr/bin/zstd");
      await here.edit(({ settings }) => ({ settings: { ...settings, compression: "zstd" } }));
    },
    mend: async (here) => {
      await here.first.unhideTool("/usr/bin/zstd");
      await here.edit(({ settings }) => ({ settings: { ...settings, compression: "auto" } }));
    },
    title: "Compression of dumps",
    result: "fail",
    evidence: /^The settings ask for zstd; hz-1 has gzip/,
    remedy: /Install zstd on hz-1, or choose another compression/,
  },
];
