import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Issued {
  cert: string;
  key: string;
}

/** An authority of a test's own. */
export class Authority {
  readonly #dir = mkdtempSync(join(tmpdir(), "uplift-ca-"));
  readonly ca: string;

  constructor(name: string) {
    const files = ["-keyout", this.#file("ca.key"), "-out", this.#file("ca.pem")];
    openssl("req", "-x509", ...newKey, ...files, "-days", "30", "-subj", `/CN=${name}`);
    this.ca = this.#read("ca.pem");
  }

  /**
   * @param names as certificates write them: `DNS:metadb.test`, `IP:127.0.0.1`
   * @param days how long it is good for; a negative number: it has expired
   */
  issue(name: string, names: readonly string[] = [], days = 30): Issued {
    const request = ["-keyout", this.#file("key"), "-out", this.#file("csr")];
    openssl("req", ...newKey, ...request, "-subj", `/CN=${name}`);
    writeFileSync(this.#file("ext"), names.length > 0 ? `subjectAltName=${names.join(",")}` : "");
    const by = ["-CA", this.#file("ca.pem"), "-CAkey", this.#file("ca.key"), "-CAcreateserial"];
    const files = ["-in", this.#file("csr"), "-extfile", this.#file("ext")];
    openssl("x509", "-req", ...by, ...files, "-out", this.#file("cert"), "-days", String(days));
    return { cert: this.#read("cert"), key: this.#read("key") };
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true });
  }

  #file(name: string): string {
    return join(this.#dir, name);
  }

  #read(name: string): string {
    return readFileSync(this.#file(name), "utf8");
  }
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

function openssl(...words: string[]): void {
  execFileSync("openssl", words, { stdio: ["ignore", "ignore", "pipe"] });
}
