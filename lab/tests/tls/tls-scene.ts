import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fetched, throughItsLoader } from "#lab/metadb/fetched.ts";
import { DatabaseServer } from "#lab/metadb/server.ts";
import { freePort } from "#lab/product/free-port.ts";
import { run } from "#lab/shell.ts";
import { wantedDumpOptions } from "#lib/commands/dump.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DumpTool } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { TlsMaterial } from "#lib/domain/server-login.ts";
import type { TlsMode } from "#lib/domain/tls-modes.ts";
import { english } from "#lib/i18n/english.ts";
import { connectSql } from "#lib/metadb/connect.ts";
import { Authority } from "#lib/metadb/tests/certificates.ts";
import { channelTo } from "#lib/metadb/tests/channel.ts";
import { readDumpTools } from "#lib/oms/dump-tool.ts";

export const password = "Only-for-the-MetaDB-7";
export type Tls = Partial<TlsMaterial> & { mode: TlsMode };

export const families = ["mariadb", "mysql"] as const;
export type Family = (typeof families)[number];

/** Why there can be no server of a family here; false: there can. */
export async function whyNot(family: Family): Promise<string | false> {
  if (family === "mariadb") return false;
  const words = (error: unknown) => `MySQL 9 cannot be fetched here: ${String(error)}`;
  return fetched("mysql").then(() => false as const, words);
}

/** Of what a log-in is made that gives nothing. */
export const noFiles = { ca: null, certificate: null, key: null, publicKey: null };

/** How a log-in came out. */
export interface Outcome {
  /** The server's own word for the encryption ("TLSv1.3", "" for none), or the error's code. */
  is: string;
  remedy: string;
  rememberedOnly: boolean;
}

/**
 * A server with a certificate for 127.0.0.1 and metadb.test, a database `kept`, and the accounts `anyhow`, `encrypted`
 * (REQUIRE SSL) and `certified` (REQUIRE X509). It lives as long as the suite that it is made in.
 */
export class TlsScene {
  readonly directory = mkdtempSync(join(tmpdir(), "uplift-tls-"));
  readonly family: Family;
  /** What the tests need, once it runs. */
  server = new DatabaseServer("", { kind: "mariadb" });
  port = 0;
  ca = new Secret("");
  otherCa = new Secret("");
  client: Pick<TlsMaterial, "certificate" | "key"> = { certificate: null, key: null };
  /** The programs of the same family. */
  tool: DumpTool | null = null;

  constructor(family: Family) {
    this.family = family;
    before(() => this.#start());
    after(async () => {
      await this.server.kill();
      rmSync(this.directory, { recursive: true, force: true });
    });
  }

  async #start(): Promise<void> {
    const [site, other] = [new Authority("The site's CA"), new Authority("Another CA")];
    [this.ca, this.otherCa] = [new Secret(site.ca), new Secret(other.ca)];
    const own = site.issue("metadb", ["IP:127.0.0.1", "DNS:metadb.test"]);
    const { cert, key } = site.issue("oms");
    this.client = { certificate: new Secret(cert), key: new Secret(key) };
    for (const one of [site, other]) one.remove();
    const more = [
      `--ssl-ca=${this.#file("ca.pem", site.ca)}`,
      `--ssl-cert=${this.#file("cert.pem", own.cert)}`,
      `--ssl-key=${this.#file("key.pem", own.key)}`,
    ];
    this.port = await freePort();
    const listen = { host: "127.0.0.1", port: this.port };
    this.server = new DatabaseServer(this.directory, { kind: this.family, listen, more });
    await this.server.install();
    await this.server.start();
    await this.server.query("create database kept; create table kept.t (a int)");
    await this.server.query("insert into kept.t values (7); create database filled");
    await this.createUser("anyhow");
    await this.createUser("encrypted", "require ssl");
    await this.createUser("certified", "require x509");
    this.tool = await this.#findTool();
  }

  #file(name: string, text: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, text);
    return path;
  }

  /** The family's dump program and client as files that can be called. */
  async #findTool(): Promise<DumpTool> {
    const folder = this.family === "mysql" ? await fetched("mysql") : "";
    const program = (name: string) => {
      if (folder === "") return `/usr/bin/${name}`;
      const words = throughItsLoader(folder, name).map((word) => `'${word}'`);
      const path = this.#file(name, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
      chmodSync(path, 0o755);
      return path;
    };
    const [dump, client] = [program("mysqldump"), program("mysql")];
    const help = await run([dump, "--no-defaults", "--help"]);
    const told = ["uplift-compressors ", "uplift-tool", dump, client, "9", "9", help];
    const [tool] = readDumpTools(`${told.join("\n")}\n`, wantedDumpOptions).tools;
    assert.ok(tool);
    return tool;
  }

  /** @returns the account's name */
  async createUser(name: string, demands = ""): Promise<string> {
    const create = `create user ${name}@'%' identified by '${password}' ${demands}`;
    await this.server.query(`${create}; grant all on *.* to ${name}@'%'`);
    return name;
  }

  /** What comes of a session. */
  logIn = async (user: string, tls: Tls, host = "127.0.0.1"): Promise<Outcome> => {
    try {
      const session = await connectSql({
        server: { host, port: this.port, user },
        password: new Secret(password),
        tls: { ...noFiles, ...tls },
        stream: await channelTo(this.port),
        via: "hz-1",
        timeoutMs: 20_000,
      });
      const [row] = await session.query("SHOW STATUS LIKE 'Ssl_version'");
      await session.close();
      const { tls: encryption, rememberedOnly } = session.secured;
      assert.equal(row?.Value, encryption?.protocol ?? "", "the facts are what the server has");
      return { is: String(row?.Value), remedy: "", rememberedOnly };
    } catch (error) {
      assert.ok(error instanceof UpliftError, String(error));
      assert.equal(error.retryable, false);
      return { is: error.code, remedy: english(error.remedy), rememberedOnly: false };
    }
  };
}
