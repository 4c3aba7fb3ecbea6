// Part of the OMS stand-in (a test double): the console's pages. One is real enough to work with, the
// system parameter ha.config, so that an operator can be guided to change it by hand.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { OmsConfig } from "./config.ts";
import { identifier, type Metadb } from "./metadb.ts";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

function page(config: OmsConfig, value: string, note: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>OMS ${config.version} (stand-in)</title>
<style>body{font:16px system-ui;max-width:50rem;margin:3rem auto;padding:0 1rem}textarea{width:100%;height:10rem}</style>
<p>OMS ${config.version} on ${escapeHtml(config.hostIp)}, region ${escapeHtml(config.regionName)}.
<strong>This is the lab's test double, not OMS.</strong></p>
<h1>System Management &rsaquo; System Parameters</h1>
<form method="post" action="/system/parameters"><label for="value"><code>ha.config</code></label>
<textarea id="value" name="value">${escapeHtml(value)}</textarea>
<p><button>Save</button> ${escapeHtml(note)}</p></form></html>`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}

export async function serveConsole(
  config: OmsConfig,
  metadb: Metadb,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const table = `${identifier(config.rm)}.oms_normal_config`;
  let note = "";
  if (request.method === "POST") {
    const value = new URLSearchParams(await readBody(request)).get("value") ?? "";
    try {
      JSON.parse(value);
      await metadb.main(`update ${table} set cfg_value = ? where cfg_name = 'ha.config'`, [value]);
      note = "Saved.";
    } catch (error) {
      note = `Not saved: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  const rows = await metadb.main(`select cfg_value from ${table} where cfg_name = 'ha.config'`);
  response
    .writeHead(200, { "content-type": "text/html; charset=utf-8" })
    .end(page(config, String(rows[0]?.cfg_value ?? ""), note));
}
