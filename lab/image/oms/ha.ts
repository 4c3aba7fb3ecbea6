// Part of the OMS stand-in (a test double): high availability. It acts on ha.config as it last read it,
// and what it does is written down, so a test can prove that HA did nothing during an outage.
import type { OmsConfig } from "./config.ts";
import { identifier, type Metadb } from "./metadb.ts";
import { writeLog } from "./programs.ts";

interface HaConfig {
  enable: boolean;
  checkHostDownIntervalSec: number;
}

export class HighAvailability {
  private current: HaConfig | undefined;
  private readonly moved = new Set<string>();
  private readonly config: OmsConfig;
  private readonly metadb: Metadb;

  constructor(config: OmsConfig, metadb: Metadb) {
    this.config = config;
    this.metadb = metadb;
  }

  get enabled(): boolean {
    return this.current?.enable ?? false;
  }

  /** Reads ha.config again; called every few seconds and when the console is restarted. */
  async read(): Promise<void> {
    const rows = await this.metadb.main(
      `select cfg_value from ${identifier(this.config.rm)}.oms_normal_config where cfg_name = 'ha.config'`,
    );
    const value = JSON.parse(String(rows[0]?.cfg_value ?? "{}")) as Partial<HaConfig>;
    const next = {
      enable: value.enable === true,
      checkHostDownIntervalSec: value.checkHostDownIntervalSec ?? 540,
    };
    if (next.enable !== this.current?.enable)
      writeLog("oms_console", `ha.config: enable=${next.enable}`);
    this.current = next;
  }

  /** When HA is on, takes over from nodes of the region that have been silent for too long. */
  async act(): Promise<void> {
    if (this.current?.enable !== true) {
      this.moved.clear();
      return;
    }
    const silent = await this.metadb.main(
      `select host_ip from ${identifier(this.config.cm)}.cm_node
       where region = ? and host_ip <> ? and last_seen < now(3) - interval ? second`,
      [this.config.regionName, this.config.hostIp, this.current.checkHostDownIntervalSec],
    );
    for (const { host_ip } of silent) {
      const host = String(host_ip);
      if (this.moved.has(host)) continue;
      this.moved.add(host);
      writeLog("oms_drc_cm", `HA: ${host} is down, moving its Stores here`);
      await this.metadb.main(
        "insert into lab_journal.ha_actions (acting_host, silent_host) values (?, ?)",
        [this.config.hostIp, host],
      );
    }
  }
}
