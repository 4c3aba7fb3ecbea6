import { constants, generateKeyPairSync, privateDecrypt } from "node:crypto";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { Duplex } from "node:stream";
import tls from "node:tls";

export interface RogueOptions {
  /** The log-in method it asks for. */
  method: string;
  /** With a certificate it offers TLS. */
  certificate?: tls.TLSSocketOptions;
  /** It lets the user in for the hash alone, as a server does that remembers the password. */
  remembers?: boolean;
  /** It lets nobody in. */
  refuses?: { code: number; words: string };
}

/** All bits that matter but TLS: protocol 4.1, SSL comes beside, secure connection, plugins. */
const capabilities = 0x00088200 | 0x0200 | 0x0001 | 0x0008;
const ssl = 0x0800;
/** What a server says of a log-in beside "yes" and "no". */
const moreData = 0x01;
const asksForPassword = Buffer.from([moreData, 4]);
const remembersHash = Buffer.from([moreData, 3]);
const okay = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
/** What a client sends to be given the RSA key. */
const keyRequests = [1, 2];
const scramble = Buffer.from("abcdefgh1234567890AB");

/** The key that it sends, as a server would send its own. */
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

/**
 * A server of the MySQL protocol that is after the password: it asks for it by a log-in method, sends an RSA key
 * of its own when it is asked for one, and keeps all that it is told.
 */
export class RogueServer {
  readonly #server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    this.#talk(socket).catch(() => socket.destroy());
  });
  readonly #options: RogueOptions;
  /** Every packet that came, those that were sealed with its key opened. */
  readonly told: Buffer[] = [];

  constructor(options: RogueOptions) {
    this.#options = options;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }

  /** Whether it has been told a text, as it is or sealed with its key. */
  knows(text: string): boolean {
    return this.told.some((packet) => packet.includes(text));
  }

  async #talk(socket: net.Socket): Promise<void> {
    const { method, certificate, remembers, refuses } = this.#options;
    let packets = new Packets(socket);
    packets.send(0, this.#greeting());
    let answer = await packets.next();
    if (certificate && answer.body.readUInt32LE(0) & ssl) {
      packets = new Packets(packets.upgrade(certificate));
      answer = await packets.next();
    }
    this.told.push(answer.body);
    if (refuses) return packets.send(answer.sequence + 1, refusal(refuses));
    const wanted = Buffer.concat([Buffer.from([0xfe]), zero(method), scramble, Buffer.from([0])]);
    packets.send(answer.sequence + 1, wanted);
    answer = await this.#listen(packets);
    if (method === "caching_sha2_password") {
      packets.send(answer.sequence + 1, remembers ? remembersHash : asksForPassword);
      if (remembers) {
        packets.send(answer.sequence + 2, okay);
        return this.#serve(packets);
      }
      answer = await this.#listen(packets);
    }
    if (answer.body.length === 1 && keyRequests.includes(answer.body[0] ?? 0)) {
      const pem = keys.publicKey.export({ type: "spki", format: "pem" });
      packets.send(answer.sequence + 1, Buffer.concat([Buffer.from([moreData]), Buffer.from(pem)]));
      answer = await this.#listen(packets);
    }
    packets.send(answer.sequence + 1, okay);
    await this.#serve(packets);
  }

  /** Says what it is, and yes to everything else. */
  async #serve(packets: Packets): Promise<void> {
    for (;;) {
      const { body } = await packets.next();
      const [command] = body;
      if (command === quit) return;
      const answer = body.includes("VERSION()")
        ? [Buffer.from([2]), column("version"), column("comment"), end, row("8.4.0", "MySQL"), end]
        : [okay];
      for (const [at, part] of answer.entries()) packets.send(at + 1, part);
    }
  }

  async #listen(packets: Packets): Promise<Packet> {
    const packet = await packets.next();
    this.told.push(packet.body, this.#opened(packet.body));
    return packet;
  }

  #opened(sealed: Buffer): Buffer {
    try {
      const { privateKey } = keys;
      const text = privateDecrypt(
        { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
        sealed,
      );
      return Buffer.from(text.map((byte, at) => byte ^ (scramble[at % scramble.length] ?? 0)));
    } catch {
      return Buffer.alloc(0);
    }
  }

  #greeting(): Buffer {
    const flags = capabilities | (this.#options.certificate ? ssl : 0);
    const fixed = Buffer.alloc(16);
    fixed.writeUInt16LE(flags & 0xffff, 0);
    fixed.writeUInt8(45, 2);
    fixed.writeUInt16LE(2, 3);
    fixed.writeUInt16LE(flags >>> 16, 5);
    fixed.writeUInt8(21, 7);
    // Offered like this no answer comes with the greeting's own method: the rogue asks for its own.
    return Buffer.concat([
      Buffer.from([10]),
      zero("8.4.0"),
      Buffer.from([1, 0, 0, 0]),
      scramble.subarray(0, 8),
      Buffer.from([0]),
      fixed.subarray(0, 8),
      Buffer.alloc(10),
      scramble.subarray(8),
      Buffer.from([0]),
      zero("mysql_native_password"),
    ]);
  }
}

/** The command by which a client says good-bye. */
const quit = 1;
const end = Buffer.from([0xfe, 0, 0, 2, 0]);
const text = (value: string) => Buffer.from([value.length, ...Buffer.from(value)]);
const row = (...values: string[]) => Buffer.concat(values.map(text));

/** A column of text; its catalogue, database, table and so on have no names. */
function column(name: string): Buffer {
  const about = Buffer.from([0x0c, 45, 0, 100, 0, 0, 0, 253, 0, 0, 0, 0, 0]);
  return Buffer.concat([row("def", "", "", "", name, name), about]);
}

function refusal({ code, words }: { code: number; words: string }): Buffer {
  const head = Buffer.from([0xff, 0, 0]);
  head.writeUInt16LE(code, 1);
  return Buffer.concat([head, Buffer.from(`#HY000${words}`)]);
}

const zero = (text: string) => Buffer.from(`${text}\0`);

interface Packet {
  sequence: number;
  body: Buffer;
}

/** Packets of the protocol on a stream: three bytes of length, one of sequence, the body. */
class Packets {
  readonly #stream: Duplex;
  #held = Buffer.alloc(0);

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  send(sequence: number, body: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUIntLE(body.length, 0, 3);
    head.writeUInt8(sequence & 0xff, 3);
    this.#stream.write(Buffer.concat([head, body]));
  }

  async next(): Promise<Packet> {
    for (;;) {
      const length = this.#held.length < 4 ? 0 : this.#held.readUIntLE(0, 3);
      if (this.#held.length >= 4 + length && this.#held.length >= 4) {
        const packet = { sequence: this.#held[3] ?? 0, body: this.#held.subarray(4, 4 + length) };
        this.#held = this.#held.subarray(4 + length);
        return packet;
      }
      const more = this.#stream.read() as Buffer | null;
      if (more) this.#held = Buffer.concat([this.#held, more]);
      else if (this.#stream.readableEnded || this.#stream.destroyed) throw new Error("gone");
      else await this.#more();
    }
  }

  /** Waits for more, or for the end. */
  async #more(): Promise<void> {
    const over = new AbortController();
    const events = ["readable", "close"].map((event) => once(this.#stream, event, over));
    await Promise.race(events).finally(() => over.abort());
  }

  /** TLS over the same stream, as the server's side of it. */
  upgrade(certificate: tls.TLSSocketOptions): tls.TLSSocket {
    // What came behind the wish for TLS is its beginning; a bare socket's TLS would pass over it.
    this.#stream.unshift(this.#held);
    const whole = Duplex.from({ readable: this.#stream, writable: this.#stream } as never);
    whole.on("error", () => undefined);
    const secure = new tls.TLSSocket(whole, { isServer: true, ...certificate });
    secure.on("error", () => undefined);
    return secure;
  }
}
