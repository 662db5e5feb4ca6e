// Signing on at another service: npm's oidc-provider on this machine, as a service that schools use would be.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Provider from "oidc-provider";
import { freePort, openBrowser, openServer } from "./house.mjs";

let browser, school, service, dir, address, issuer;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), "trellis-sign-on-"));
  const [ours, theirs] = [await freePort(), await freePort()];
  address = `http://127.0.0.1:${ours}`;
  issuer = `http://127.0.0.1:${theirs}`;
  // The account's name is the school's own number; the secret has signs that must be written otherwise in a header.
  const provider = new Provider(issuer, {
    clients: [{ client_id: "trellis", client_secret: "a secret: with+signs", redirect_uris: [`${address}/sign-on/school/back`] }],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: `account-${id}`, number: id }) }),
    claims: { openid: ["sub", "number"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["only of this test"] },
  });
  service = provider.listen(theirs, "127.0.0.1");
  writeFileSync(join(dir, "secret"), "a secret: with+signs\n", { mode: 0o600 });
  const file = join(dir, "sign-on.toml");
  writeFileSync(file, `[[issuer]]
id = "school"
name = "School ID"
issuer = "${issuer}"
client = "trellis"
secret-file = "secret"
roster-claim = "number"
for = "all"
`);
  school = await openServer(dir, ours, { TRELLIS_ADDRESS: address, TRELLIS_SIGN_ON: file });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  school?.close();
  service?.closeAllConnections();
  await new Promise((done) => (service ? service.close(done) : done()));
  if (dir) rmSync(dir, { recursive: true, force: true });
});

/** Signs on as an account of the service, from a new browser. */
async function signOn(account) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByRole("link", { name: "Sign in with School ID" }).click();
  await page.locator("input[name=login]").fill(account);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  // What the service asks of its own people.
  await page.locator("button[type=submit]").click();
  await page.waitForURL(`${address}/**`);
  return page;
}

test("somebody of the roster signs on and is known by the link from then on", async () => {
  const page = await signOn("demo-005");
  assert.equal(new URL(page.url()).pathname, "/today");
  const again = await signOn("demo-005");
  assert.equal(new URL(again.url()).pathname, "/today");
  await page.context().close();
  await again.context().close();
});

test("an account that is nobody of the roster stays outside and is told what to do", async () => {
  const page = await signOn("somebody-else");
  const at = new URL(page.url());
  assert.equal(at.pathname + at.search, "/sign-in?on=unknown");
  await page.getByText("not linked to anybody of this school").waitFor();
  await page.context().close();
});

test("who changes their mind at the service comes back to a page that says so", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByRole("link", { name: "Sign in with School ID" }).click();
  await page.getByText("Cancel").click();
  await page.waitForURL(`${address}/**`);
  await page.getByText("nobody was signed in").waitFor();
  await page.context().close();
});
