import net from "node:net";
import { Duplex } from "node:stream";

/** A stream to a server as SSH gives it: no socket, which TLS would treat in a way of its own. */
export async function channelTo(port: number, host = "127.0.0.1"): Promise<Duplex> {
  const socket = net.connect(port, host);
  const channel = new Duplex({
    read: () => socket.resume(),
    write: (chunk, _, done) => socket.write(chunk, () => done()),
    final: (done) => socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (chunk) => channel.push(chunk) || socket.pause());
  socket.on("end", () => channel.push(null));
  socket.on("close", () => channel.destroy());
  socket.on("error", (error) => channel.destroy(error));
  return channel;
}
