import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** What `/oms/health` answers; `standIn` is the test double's own addition. */
export interface Health {
  data: { healthy: boolean };
  standIn: {
    version: string;
    readiness: { state: string; reason: string };
    haEnabled: boolean;
  };
}

/** Asks by HTTP, then by HTTPS with any certificate. Undefined when neither answers within a second. */
export async function askHealth(address: string, port = 8089): Promise<Health | undefined> {
  return (await ask(requestHttp, address, port)) ?? (await ask(requestHttps, address, port));
}

function ask(
  request: typeof requestHttp | typeof requestHttps,
  host: string,
  port: number,
): Promise<Health | undefined> {
  return new Promise((resolve) => {
    const options = { host, port, path: "/oms/health", timeout: 1000, rejectUnauthorized: false };
    const asked = request(options, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      answer.on("end", () => {
        try {
          resolve(JSON.parse(body) as Health);
        } catch {
          resolve(undefined);
        }
      });
    });
    asked.on("error", () => resolve(undefined));
    asked.on("timeout", () => asked.destroy());
    asked.end();
  });
}
