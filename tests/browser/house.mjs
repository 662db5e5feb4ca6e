// A demonstration school that runs for one test file, and a browser to visit it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const binary = process.env.TRELLIS_BIN ?? join(root, "target", "release", "trellis");
const screenshots = join(root, "target", "screenshots");

/** A file of material that is not part of the project; undefined where it is absent. */
export function material(name) {
  const folder = process.env.TRELLIS_DATA ?? join(root, "..", "shared", "data");
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}

/** Runs the binary's `demo` on a free port in a folder of its own, with a pool of OATutor's content in it if one is given. */
export async function openSchool({ pool } = {}) {
  const dir = mkdtempSync(join(tmpdir(), "trellis-browser-"));
  if (pool) {
    const quietly = { stdio: ["ignore", "ignore", "inherit"] };
    execFileSync(binary, ["demo", "--provision-only", "--dir", join(dir, "school"), "--json"], quietly);
    execFileSync(binary, ["import", "oatutor", pool, "--dir", join(dir, "school"), "--json"], quietly);
  }
  const school = spawn(binary, ["demo", "--listen", "127.0.0.1:0", "--dir", join(dir, "school"), "--json"]);
  let said = "";
  let complained = "";
  school.stderr.on("data", (text) => (complained += text));
  const address = await new Promise((found, failed) => {
    school.stdout.on("data", (text) => {
      said += text;
      if (said.includes("\n")) found(JSON.parse(said).address.replace(/\/$/, ""));
    });
    school.on("error", failed);
    school.on("exit", (code) => failed(new Error(`${binary} ended with ${code}: ${complained}`)));
  });
  return {
    address,
    complaints: () => complained,
    close: async () => {
      const gone = new Promise((ended) => school.once("exit", ended));
      school.removeAllListeners("exit");
      school.once("exit", () => {});
      const ended = new Promise((done) => school.once("close", done));
      school.kill("SIGTERM");
      await Promise.race([gone, ended]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A port that is free now. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Runs the binary's `serve` with settings in a new school of people and weeks, for what a demonstration does not do. */
export async function openServer(dir, port, settings) {
  const quietly = { stdio: ["ignore", "ignore", "inherit"] };
  execFileSync(binary, ["demo", "--provision-only", "--dir", join(dir, "school"), "--json"], quietly);
  const school = spawn(binary, ["serve", "--dir", join(dir, "school"), "--listen", `127.0.0.1:${port}`], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((found, failed) => {
    school.stdout.once("data", found);
    school.once("exit", (code) => failed(new Error(`serve ended with ${code}`)));
  });
  return {
    close: () => {
      school.removeAllListeners("exit");
      school.kill("SIGTERM");
    },
  };
}

/** Starts the browser. */
export function openBrowser() {
  mkdirSync(screenshots, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}

/** A picture of the whole page in target/screenshots, for somebody to look at: only when PICTURES is set, since pictures take a
 * third of the time. */
export async function picture(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** The renderings that each page is looked at in. The last is what remains of a desktop at 200 %. */
export const renderings = [
  ["desktop", { viewport: { width: 1280, height: 900 } }],
  ["phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
  ["spanish", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "es-US" }],
  ["right-to-left", { viewport: { width: 1280, height: 900 }, language: "ar-XB" }],
  ["200-percent", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
];

/** A page of somebody on a device of their own; it notes errors and requests to other places. */
export async function visit(browser, school, { language, ...options } = {}) {
  const context = await browser.newContext({ baseURL: school.address, ...options });
  if (language) {
    const url = school.address.replace("http:", "https:");
    await context.addCookies([{ name: "__Host-trellis-language", value: language, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(`error: ${error.message}`));
  page.on("console", (line) => {
    if (line.type() === "error") page.troubles.push(`console: ${line.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(school.address) && !url.startsWith("data:")) page.troubles.push(`elsewhere: ${url}`);
  });
  return page;
}

/** Signs in by picking a person whose button has this text. Works with script off. */
export async function pick(page, name) {
  await page.goto("/sign-in");
  // Long lists are folded; a closed list is opened as a person would.
  const button = page.locator("button.pick", { hasText: name }).first();
  if (!(await button.isVisible())) {
    await page.locator("details.people", { has: button }).first().locator("summary").click();
  }
  await press(page, button);
}

/** The names of everybody in the demonstration, by the heading that they are listed under. */
export async function everybody(page) {
  await page.goto("/sign-in");
  return page.evaluate(() =>
    [...document.querySelectorAll(".people")].map((group) => ({
      title: group.querySelector("h3, summary .b").textContent,
      people: [...group.querySelectorAll("button.pick")].map((button) => ({
        id: button.value,
        name: button.querySelector("span").firstChild.textContent,
        about: button.querySelector(".about")?.textContent ?? "",
      })),
    })),
  );
}

/** Presses something that leads to another page, and waits until that page is there. */
export async function press(page, target) {
  await Promise.all([page.waitForNavigation(), target.click()]);
}

/** Signs in by picking a person by id, whatever the language of the page. */
export async function signIn(page, person) {
  if (person === null) return;
  await page.goto("/sign-in");
  const button = page.locator(`button[value='${person.id}']`).first();
  if (!(await button.isVisible())) {
    await page.locator(`details.people:has(button[value='${person.id}']) summary`).first().click();
  }
  await press(page, button);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What on a page breaks a rule of accessibility, or is wider than the page. */
export async function barriers(page, name) {
  await page.evaluate(axe);
  // Only what breaks a rule is listed: naming every place that keeps one takes longer than looking for those that do not.
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run({ runOnly: tags, resultTypes: ["violations"], elementRef: false });
    return violations.map((rule) => `${rule.id} at ${rule.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
  }, WCAG);
  const faults = found.map((fault) => `${name}: ${fault}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) faults.push(`${name}: ${wide} px too wide`);
  return faults;
}

/** The button that begins practice of a competency. */
export function start(page, competency) {
  const chosen = `[name=competency][value='${competency}']`;
  return page.locator(`form[action='/practice']:has(input${chosen}) button, form[action='/practice'] button${chosen}`).first();
}

/** The parts of a page with a question. */
export const question = {
  stem: ".ask:not(.body)",
  text: "form[id^=answer] input[type=text]",
  check: "form[id^=answer] button[type=submit]",
  hint: "form[action$='/hint'] button, button[form=hint]",
  show: "form[action$='/solution'] button, button[form=show]",
  begin: "form[action='/practice'] button[type=submit]",
};

/** Gives some answer, hardly the right one, to the question that is open: different places for things to order, any partner
 * for things to match. */
export async function answerAnything(page) {
  const form = page.locator("form[id^=answer]");
  for (const box of await form.locator("input[type=text], input[type=number], textarea").all()) await box.fill("987654");
  for (const [at, select] of (await form.locator("select").all()).entries()) {
    const many = await select.locator("option").count();
    await select.selectOption({ index: 1 + (at % (many - 1)) });
  }
  const choices = form.locator("input[type=radio], input[type=checkbox]");
  if ((await choices.count()) > 0) await choices.first().check();
  await press(page, page.locator(question.check).first());
}

/** Lets a teacher give Living Systems to the class 5A too; gives the address of the class. */
export async function giveLivingSystems(page, teacher) {
  await signIn(page, teacher);
  await page.goto("/teach");
  const section = await page.getByRole("link", { name: "5A Mathematics" }).first().getAttribute("href");
  await page.goto(`${section}/courses`);
  await page.locator("input[name=course][value=living-systems]").check();
  await press(page, page.locator("form.coursepick button[type=submit]"));
  return section;
}
