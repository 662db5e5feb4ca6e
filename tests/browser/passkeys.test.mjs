// Passkeys in a real browser, with a device that the browser itself plays: made by keyboard, used to sign in, taken away.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { barriers, freePort, openBrowser, openServer, picture } from "./house.mjs";

let browser, school, dir, address;
// As the demonstration prints them.
const [LOGIN, PASSWORD] = ["erik.lindqvist", "trellis-demo"];

before(async () => {
  dir = mkdtempSync(join(tmpdir(), "trellis-passkeys-"));
  const port = await freePort();
  // A number in place of a name is nothing that a passkey can be bound to.
  address = `http://localhost:${port}`;
  school = await openServer(dir, port, { TRELLIS_ADDRESS: address });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  school?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

/** A page of a person with a device, and what lets the device know who holds it or not. */
async function withDevice(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  const knowsOwner = (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { context, page, knowsOwner };
}

test("a passkey is made by keyboard, signs in, and opens nothing once it is taken away", async () => {
  const { context, page, knowsOwner } = await withDevice();
  await page.goto(`${address}/sign-in`);
  assert.deepEqual(await barriers(page, "sign-in"), []);
  await picture(page, "passkey-sign-in-desktop");
  await page.getByLabel("Your sign-in name").fill(LOGIN);
  await page.locator("#password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${address}/teach**`);
  await page.goto(`${address}/account`);
  assert.deepEqual(await barriers(page, "account"), []);
  await picture(page, "passkey-account-desktop");
  const form = page.locator("form[data-passkey=make]");
  await form.getByLabel("What to call it").focus();
  await page.keyboard.type("The school's tablet");
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await form.getByText("That is not your password now").waitFor();
  await form.locator("input[type=password]").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText("Your passkey is made").waitFor();
  await page.getByText("The school's tablet", { exact: false }).first().waitFor();
  // Out, and in again with the device alone.
  await context.clearCookies();
  await page.goto(`${address}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`${address}/teach**`);
  // A device that does not know who holds it is asked in vain.
  await context.clearCookies();
  await knowsOwner(false);
  await page.goto(`${address}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("No passkey was used").waitFor();
  await knowsOwner(true);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(`${address}/teach**`);
  await page.goto(`${address}/account`);
  await page.getByRole("button", { name: "Take away The school's tablet" }).click();
  await page.getByText("It is taken away").waitFor();
  await context.clearCookies();
  await page.goto(`${address}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(`${address}/sign-in?on=passkey**`);
  await page.getByText("That passkey opens nothing here").waitFor();
  await context.close();
});

test("a family on a telephone, in their language, is told where scripts are off", async () => {
  const { context, page } = await withDevice({ viewport: { width: 320, height: 700 }, locale: "es-US" });
  await page.goto(`${address}/sign-in`);
  await page.getByRole("button", { name: "Entrar con una llave de acceso" }).waitFor();
  assert.deepEqual(await barriers(page, "sign-in at 320 px"), []);
  await picture(page, "passkey-sign-in-phone");
  await context.close();
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${address}/sign-in`);
  assert.equal(await plain.getByRole("button", { name: "Sign in with a passkey" }).count(), 0);
  await plain.getByLabel("Your sign-in name").waitFor();
  await plain.context().close();
});
