// Part of the OMS stand-in (a test double): `supervisorctl status|start|stop|restart [NAME...]`.
import { connect } from "node:net";
import { supervisorSocket } from "./supervisor.ts";

let text = "";
const socket = connect(supervisorSocket, () =>
  socket.write(`${process.argv.slice(2).join(" ")}\n`),
);
socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
socket.on("error", (error) => {
  console.log(`unix:///var/run/supervisor.sock ${error.message}`);
  process.exit(4);
});
socket.on("end", () => {
  process.stdout.write(text.slice(1));
  process.exitCode = Number(text[0]);
});
