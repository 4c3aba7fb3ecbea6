import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { type Actor, Role } from "#lib/domain/roles.ts";
import { createToken } from "#lib/operations/tokens.ts";
import { createUser } from "#lib/operations/users.ts";
import { createRun } from "#lib/store/create-run.ts";
import { ada, seedDeployment, seedPlan, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { withRoutes } from "./documentation.ts";
import { answerApi } from "./endpoint.ts";

let close: () => Promise<void>;
const tokens = new Map<Role, string>();
before(async () => {
  close = await temporaryStore();
  for (const role of Role.options) {
    const person = {
      name: role,
      email: `${role}@example.com`,
      password: "a long enough one",
      role,
    };
    const user: Actor = { ...ada, userId: await createUser(ada, person), role };
    // A viewer has no tokens; one that was made before the role was changed is still there.
    const maker: Actor = { ...user, role: "operator" };
    tokens.set(role, (await createToken(maker, { name: role })).token);
  }
});
after(() => close());

interface Asked {
  body?: unknown;
  role?: Role | null;
}

async function ask(method: string, address: string, { body, role = "administrator" }: Asked = {}) {
  const headers = role === null ? {} : { authorization: `Bearer ${tokens.get(role)}` };
  const url = new URL(`http://127.0.0.1/api/v1${address}`);
  const request = new Request(url, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const path = url.pathname.split("/").slice(3).map(decodeURIComponent);
  const answer = await answerApi(request, { params: Promise.resolve({ path }) });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json") && text !== "";
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
}

async function startedRun() {
  const seed = await seedDeployment();
  const { plan, hash } = await seedPlan(seed);
  return { ...seed, runId: await createRun({ planId: plan.id, planHash: hash, actor: ada }) };
}

test("an address performs its operation with what its path, query and body say", async () => {
  const { runId, deploymentId } = await startedRun();
  const { body: runs } = await ask("GET", "/runs");
  assert.equal(runs[0].id, runId);
  assert.equal((await ask("GET", `/runs/${runId}`)).body.row.deploymentId, deploymentId);
  const { body: events } = await ask("GET", `/runs/${runId}/events`);
  assert.deepEqual((await ask("GET", `/runs/${runId}/events?after=1`)).body, events.slice(1));
  assert.equal((await ask("GET", `/backups?deployment=${deploymentId}`)).status, 200);
  const log = await ask("GET", `/runs/${runId}/log`);
  assert.equal(log.headers.get("content-disposition"), `attachment; filename="${runId}-log.txt"`);
  const sent = { body: { kind: "abandon", reason: "not now" } };
  const command = await ask("POST", `/runs/${runId}/commands`, sent);
  assert.equal(command.status, 202);
  assert.match(command.body.id, /^cmd_/);
});

test("an id that cannot be one is not found in an address, and not valid in a body", async () => {
  const { runId } = await startedRun();
  for (const address of [
    "/runs/x",
    "/runs/run_000000000000",
    "/plans/pln_'",
    "/deployments/dep_1/locks",
    `/runs/${runId}/log?step=%00`,
    "/backups?deployment=x",
    `/runs/${runId}/backups/rm/files/10`,
    "/nothing",
    "/runs/x/y/z",
  ]) {
    const { status, body } = await ask("GET", address);
    assert.equal(status, 404, address);
    assert.equal(body.code, "not_found", address);
  }
  const { status, body } = await ask("POST", "/runs", { body: { planId: "x", planHash: "y" } });
  assert.equal(status, 400);
  assert.equal(body.fields[0].path, "planId");
  assert.equal((await ask("GET", `/runs/${runId}/events?after=-1`)).status, 400);
});

test("a body that is no document is refused, one that is missing is an empty one", async () => {
  for (const body of ["{", "[]", '"x"', "1"]) {
    assert.equal((await ask("POST", "/runs", { body })).status, 400, body);
  }
  const { body } = await ask("POST", "/runs");
  assert.equal(body.code, "request.invalid");
});

test("the permission comes before the input, and state is changed with a token only", async () => {
  const bad = { body: "{" };
  assert.equal((await ask("POST", "/runs", { ...bad, role: null })).status, 401);
  const refused = { body: { nothing: "of use" }, role: "viewer" as const };
  assert.equal((await ask("POST", "/runs", refused)).status, 403);
  assert.equal((await ask("DELETE", "/deployments/x", refused)).status, 403);
  const approval = { body: { kind: "approve" }, role: "approver" as const };
  assert.equal((await ask("POST", "/runs/run_000000000000/commands", approval)).status, 404);
  const retry = { ...approval, body: { kind: "retry" } };
  assert.equal((await ask("POST", "/runs/run_000000000000/commands", retry)).status, 403);
});

test("a method that an address does not have is refused with those it has", async () => {
  const { status, headers, body } = await ask("DELETE", "/runs");
  assert.deepEqual([status, headers.get("allow"), body], [405, "GET, POST", ""]);
  assert.equal((await ask("GET", "/deployments/discover")).status, 405);
});

test("docs/api.md has the addresses as they are: npm run docs:api writes them", () => {
  const text = (language: string) =>
    readFileSync(new URL(`../../docs/${language}api.md`, import.meta.url), "utf8");
  assert.equal(withRoutes(text("")), text(""));
  const addresses = (of: string) =>
    [...of.matchAll(/^\| `((?:GET|POST|PUT|DELETE) [^`]+)`.* \| (\d{3}).* \| (.*) \|$/gm)].map(
      ([, address, status, permission = ""]) =>
        [address, status, ...(permission.match(/`[a-z.]+`/g) ?? [])].join(" "),
    );
  assert.deepEqual(addresses(text("zh-CN/")), addresses(text("")));
});
