import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Actor } from "#lib/domain/roles.ts";
import { createAdministrator, ensureSetupToken, setupNeeded } from "#lib/operations/setup.ts";
import { createToken, listTokens, revokeToken } from "#lib/operations/tokens.ts";
import {
  changeOwnPassword,
  createUser,
  setUserDisabled,
  setUserPassword,
  setUserRole,
} from "#lib/operations/users.ts";
import { db } from "#lib/store/client.ts";
import { temporaryStore } from "#lib/store/tests/fixtures.ts";
import { verifyAudit } from "#lib/store/verify-audit.ts";
import { actorFromHeaders } from "./actor.ts";
import { authHandler } from "./handler.ts";
import { limits } from "./rate-limit.ts";
import { signIn, signOut } from "./sign-in.ts";

// Read when the first message is logged.
process.env.UPLIFT_LOG = "silent";

const origin = "http://127.0.0.1:3000";
const ada = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
const code = (expected: string) => ({ code: expected });
const from = (address: string, more: Record<string, string> = {}) =>
  new Headers({ "x-uplift-client": address, ...more });

let close: () => Promise<void>;
let setupToken: string;
let admin: Actor;

before(async () => {
  close = await temporaryStore();
  const first = await ensureSetupToken();
  const second = await ensureSetupToken();
  assert.ok(first && second && first !== second);
  assert.equal(await setupNeeded(), true);
  await assert.rejects(
    createAdministrator({ ...ada, token: first }, from("a")),
    code("forbidden"),
    "a restart makes the earlier token void",
  );
  setupToken = second;
  await assert.rejects(
    createAdministrator({ ...ada, password: "short", token: second }, from("a")),
    code("request.invalid"),
  );
  const both = await Promise.allSettled([
    createAdministrator({ ...ada, token: second }, from("a")),
    createAdministrator({ ...ada, email: "eve@example.com", token: second }, from("a")),
  ]);
  assert.equal(both.filter(({ status }) => status === "fulfilled").length, 1);
  const user = await db().user.findFirstOrThrow();
  await db().user.update({ where: { id: user.id }, data: { email: ada.email } });
  admin = { userId: user.id, name: "Ada", role: "administrator", via: "session" };
});
after(() => close());
beforeEach(() => limits().accountAtAddress.clear("ada@example.com unknown"));

/** A fresh address each time: the limits do not get into the way. */
let addresses = 0;
async function cookieOf(email: string, password: string): Promise<string> {
  const cookies = await signIn({ email, password }, from(`10.1.${addresses++}.1`));
  return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}
const actorOf = (cookie: string) => actorFromHeaders(new Headers({ cookie }));

test("the set-up token works once", async () => {
  assert.equal(await setupNeeded(), false);
  assert.equal(await ensureSetupToken(), null);
  await assert.rejects(
    createAdministrator({ ...ada, email: "x@example.com", token: setupToken }, from("b")),
    code("conflict"),
  );
  assert.equal(await db().user.count(), 1);
});

test("guessing the set-up token is slow", async () => {
  const guess = () => createAdministrator({ ...ada, token: "setup_x" }, from("guesser"));
  for (let i = 0; i < 10; i++) await assert.rejects(guess());
  await assert.rejects(guess(), code("rate_limited"));
});

test("a session is known by its cookie until it ends", async () => {
  const cookies = await signIn(
    { email: "ADA@example.com", password: ada.password },
    from("10.9.9.9"),
  );
  const session = cookies.find(({ name }) => name === "uplift.session_token");
  assert.ok(session);
  assert.equal(session.options.httpOnly, true);
  assert.equal(session.options.sameSite, "lax");
  assert.notEqual(session.options.secure, true, "plain http on loopback keeps its cookie");
  const cookie = `${session.name}=${encodeURIComponent(session.value)}`;
  assert.deepEqual(await actorOf(cookie), admin);
  const row = await db().session.findFirstOrThrow({ where: { userId: admin.userId } });
  assert.equal(row.ipAddress, "10.9.9.9");
  const cleared = await signOut(new Headers({ cookie }));
  assert.equal(cleared.find(({ name }) => name === session.name)?.value, "");
  assert.equal(await actorOf(cookie), null);
  const audited = await db().auditEntry.findMany({ where: { targetId: admin.userId } });
  assert.deepEqual(
    audited.slice(-2).map(({ action }) => action),
    ["session.start", "session.end"],
  );
  assert.equal(await actorOf("uplift.session_token=forged.c2lnbmF0dXJl"), null);
  assert.equal(await actorFromHeaders(new Headers()), null);
});

test("a refused sign-in says the same for everybody, and stands in the audit", async () => {
  const words = async (email: string) => {
    try {
      await signIn({ email, password: "wrong horse battery" }, from("d"));
    } catch (error) {
      return (error as Error).message;
    }
    return "signed in";
  };
  assert.equal(await words("nobody@example.com"), await words(ada.email));
  const refused = await db().auditEntry.findMany({ where: { action: "session.refused" } });
  assert.deepEqual(refused.map(({ actorName }) => actorName).slice(-2), [
    ...["nobody@example.com", "ada@example.com"],
  ]);
  assert.equal(
    refused.some(({ detail }) => detail.includes("wrong horse")),
    false,
  );
});

test("guessing a password is slow, even when the last guess is right", async () => {
  const guess = (password: string) => signIn({ email: ada.email, password }, from("e"));
  for (let i = 0; i < 5; i++) await assert.rejects(guess("wrong"), code("unauthenticated"));
  await assert.rejects(guess(ada.password), code("rate_limited"));
  // Elsewhere the person can still sign in.
  await cookieOf(ada.email, ada.password);
});

test("the handler signs in from our own pages only", async () => {
  const post = (path: string, headers: Record<string, string>, body: unknown) =>
    authHandler(
      new Request(`${origin}/api/auth${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-uplift-client": "f", ...headers },
        body: JSON.stringify(body),
      }),
    );
  const login = { email: ada.email, password: ada.password };
  const own = await post("/sign-in/email", { origin }, login);
  assert.equal(own.status, 200);
  assert.equal(await own.text(), "{}", "the token is in the cookie alone");
  assert.match(own.headers.get("set-cookie") ?? "", /uplift\.session_token=.*HttpOnly/);
  const named = { origin: "http://oms-tools:3000", host: "oms-tools:3000" };
  assert.equal((await post("/sign-in/email", named, login)).status, 200);
  const foreign = await post("/sign-in/email", { origin: "http://evil.example" }, login);
  assert.equal(foreign.status, 403);
});

test("no other endpoint of better-auth is reachable", async () => {
  const cookie = await cookieOf(ada.email, ada.password);
  for (const path of [
    ...["/sign-up/email", "/admin/create-user", "/admin/set-role", "/admin/impersonate-user"],
    ...["/update-user", "/change-email", "/delete-user", "//admin/list-users", "/sign-in/social"],
  ]) {
    const request = new Request(`${origin}/api/auth${path}`, {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/json" },
      body: "{}",
    });
    assert.equal((await authHandler(request)).status, 404, path);
  }
});

test("a token acts as its person until it is revoked, expires, or the person is disabled", async () => {
  const bearer = (token: string) =>
    actorFromHeaders(new Headers({ authorization: `Bearer ${token}` }));
  const { id, token } = await createToken(admin, { name: "ci" });
  assert.deepEqual(await bearer(token), { ...admin, via: "token" });
  const [row] = (await listTokens(admin)).filter((one) => one.id === id);
  assert.ok(row?.lastUsedAt);
  assert.equal(JSON.stringify(row).includes(token.slice(12)), false);
  assert.equal(JSON.stringify(await db().apiToken.findMany()).includes(token.slice(12)), false);
  await assert.rejects(createToken({ ...admin, via: "token" }, { name: "x" }), code("forbidden"));

  await db().apiToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  assert.equal(await bearer(token), null);
  const next = await createToken(admin, { name: "ci", expiresInDays: null });
  assert.ok(await bearer(next.token));
  await revokeToken(admin, { id: next.id });
  assert.equal(await bearer(next.token), null);
  const cookie = await cookieOf(ada.email, ada.password);
  const withBoth = new Headers({ cookie, authorization: `Bearer ${next.token}` });
  assert.equal(await actorFromHeaders(withBoth), null, "the cookie is not a second chance");
});

test("roles take effect at once, and the last administrator stays", async () => {
  const bob = { name: "Bob", email: "bob@example.com", password: "another long one" };
  const id = await createUser(admin, { ...bob, role: "operator" });
  await assert.rejects(createUser(admin, { ...bob, role: "viewer" }), code("request.invalid"));
  const cookie = await cookieOf(bob.email, bob.password);
  assert.equal((await actorOf(cookie))?.role, "operator");
  const operator: Actor = { userId: id, name: "Bob", role: "operator", via: "session" };
  await assert.rejects(createUser(operator, { ...bob, role: "viewer" }), code("forbidden"));
  const { token } = await createToken(operator, { name: "bob's" });

  await setUserRole(admin, { id, role: "viewer" });
  assert.equal((await actorOf(cookie))?.role, "viewer");
  await setUserDisabled(admin, { id, disabled: true });
  assert.equal(await actorOf(cookie), null);
  assert.equal(await actorFromHeaders(new Headers({ authorization: `Bearer ${token}` })), null);
  await assert.rejects(cookieOf(bob.email, bob.password), code("forbidden"));
  await setUserDisabled(admin, { id, disabled: false });
  const again = await cookieOf(bob.email, bob.password);

  await changeOwnPassword(
    { ...operator, role: "viewer" },
    {
      ...{ current: bob.password, password: "a third long one" },
    },
  );
  assert.equal(await actorOf(again), null);
  await assert.rejects(cookieOf(bob.email, bob.password), code("unauthenticated"));
  await setUserPassword(admin, { id, password: "the fourth long one" });
  await cookieOf(bob.email, "the fourth long one");

  await assert.rejects(setUserRole(admin, { id: admin.userId, role: "viewer" }), code("conflict"));
  await assert.rejects(
    setUserDisabled(admin, { id: admin.userId, disabled: true }),
    code("conflict"),
  );
  assert.equal((await verifyAudit()).intact, true);
});

test("what is no e-mail address is not kept in the audit", async () => {
  await assert.rejects(signIn({ email: "Tr0ub4dor&3-mine", password: "x" }, from("10.8.0.1")));
  const refused = await db().auditEntry.findMany({ where: { action: "session.refused" } });
  assert.ok(refused.some(({ targetId }) => targetId === "no e-mail address"));
  assert.ok(!JSON.stringify(refused).includes("Tr0ub4dor"));
});

test("a proxy's own log-in stands in nobody's way, a bad token in its own", async () => {
  const cookie = await cookieOf(ada.email, ada.password);
  const asked = (authorization: string) => actorFromHeaders(new Headers({ cookie, authorization }));
  assert.equal((await asked("Basic cHJveHk6cGFzcw=="))?.userId, admin.userId);
  assert.equal(await asked("Bearer upl_nothing"), null);
});

test("one's own password is guessed slowly, too", async () => {
  const guess = { current: "not this one", password: "another long one" };
  for (let tries = 0; tries < 5; tries++) {
    await assert.rejects(changeOwnPassword(admin, guess), code("request.invalid"));
  }
  await assert.rejects(changeOwnPassword(admin, guess), code("rate_limited"));
});
