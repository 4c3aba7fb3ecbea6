import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { routes } from "#lib/api/routes.ts";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { type Actor, Role, roleMay } from "#lib/domain/roles.ts";
import { temporaryStore } from "#lib/store/tests/fixtures.ts";
import { operations } from "./table.ts";
import { createToken } from "./tokens.ts";
import { createUser, setUserDisabled } from "./users.ts";

/** What no operation takes: whoever may perform it is told so. */
const nonsense = "no input";

const actor = (role: Role): Actor => ({ userId: "usr", name: role, role, via: "session" });
const codeOf = (given: Promise<unknown>): Promise<string> =>
  given.then(
    () => "performed",
    (error: unknown) => (error instanceof UpliftError ? error.code : String(error)),
  );

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

test("each operation lets those roles in that its permission names, before it reads what was sent", async () => {
  for (const operation of operations.values()) {
    for (const role of Role.options) {
      assert.equal(
        await codeOf(operation.perform(actor(role), nonsense)),
        roleMay(role, operation.permission) ? "request.invalid" : "forbidden",
        `${operation.name} for ${role}`,
      );
    }
  }
});

test("nobody performs anything, and neither does somebody whose account is disabled", async () => {
  const admin = actor("administrator");
  const person = { email: "eve@example.com", password: "a long enough one" };
  const id = await createUser(admin, { name: "Eve", role: "administrator", ...person });
  const { token } = await createToken({ ...admin, userId: id }, { name: "ci" });
  const headers = new Headers({ authorization: `Bearer ${token}` });
  assert.equal((await actorFromHeaders(headers))?.userId, id);
  await createUser(admin, {
    ...person,
    name: "Ada",
    role: "administrator",
    email: "a@example.com",
  });
  await setUserDisabled(admin, { id, disabled: true });
  const disabled = await actorFromHeaders(headers);
  for (const operation of operations.values()) {
    assert.equal(await codeOf(operation.perform(null, nonsense)), "unauthenticated");
    assert.equal(await codeOf(operation.perform(disabled, nonsense)), "unauthenticated");
  }
});

const root = new URL("../../", import.meta.url).pathname;
const files = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude: ["**/*.test.ts", "**/node_modules/**", ".next/**"] });
const textOf = (file: string) => readFileSync(root + file, "utf8");

test("every file of operations is in the table, and exports no other function", async () => {
  /** What is no use case: the mechanism, and setting up, which nobody has an account for yet. */
  const others = ["operation.ts", "table.ts", "setup.ts"];
  for (const file of files("lib/operations/*.ts")) {
    if (others.some((name) => file.endsWith(`/${name}`))) continue;
    const module: Record<string, unknown> = await import(`#${file}`);
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== "function") continue;
      assert.equal(operations.get(value.name), value, `${name} of ${file}`);
    }
  }
});

test("two operations never share a name", () => {
  const names = files("lib/operations/*.ts").flatMap((file) =>
    [...textOf(file).matchAll(/^ {2}name: "([^"]+)"/gm)].map(([, name]) => name),
  );
  assert.deepEqual(names.toSorted(), [...operations.keys()].toSorted());
});

test("the server actions are the operations, and signing in", () => {
  const actions = files("{app,components,lib}/**/*.{ts,tsx}").filter((file) =>
    /["']use server["']/.test(textOf(file)),
  );
  assert.deepEqual(
    actions.flatMap((file) =>
      [...textOf(file).matchAll(/export (?:async )?(?:function|const) (\w+)/g)].map(
        ([, name]) => `${file} ${name}`,
      ),
    ),
    [
      "lib/actions/call.ts call",
      "lib/actions/call.ts callForId",
      "lib/actions/sign-in.ts signInAction",
      "lib/actions/sign-in.ts signOutAction",
      "lib/actions/sign-in.ts setUpAction",
    ],
  );
});

test("every address is an operation, or open to everybody on purpose", () => {
  const open = ["app/api/auth/[...all]/route.ts", "app/healthz/route.ts"];
  for (const file of files("app/**/route.ts")) {
    if (open.includes(file)) continue;
    const text = textOf(file);
    const reads = /reading\("([^"]+)"/.exec(text)?.[1];
    if (reads) assert.ok(operations.has(reads), `${file}: ${reads}`);
    else assert.match(text, /answerApi/, file);
    assert.doesNotMatch(
      text.replaceAll(/import .*lib\/(actions\/read|api\/endpoint)\.ts.*/g, ""),
      /import/,
    );
  }
  for (const { path, operation, instead } of routes) {
    assert.equal(operations.get(operation.name), operation, path);
    if (instead) assert.equal(operations.get(instead.operation.name), instead.operation, path);
  }
});
