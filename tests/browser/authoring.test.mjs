// An author writes a fraction question with a mix-up, sees it beside the form, is stopped by what is wrong with it, mends it
// and publishes; a student gets it. With scripts and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { barriers, everybody, openBrowser, openSchool, picture, press, question, renderings, signIn, visit } from "./house.mjs";

const english = renderings.filter(([, { language, locale }]) => !language && !locale);
const COMPETENCY = "equal-make";
const NEW = `/author/fractions-to-equations/${COMPETENCY}/new`;

let school, browser, leader, teacher, student;

/** Fills in a question whose mix-up leads to the key. */
async function write(page, id) {
  await page.locator("#id").fill(id);
  assert.equal(await page.locator("#kind").inputValue(), "fraction");
  await page.locator("#level").selectOption("1");
  await page.locator("#stem").fill("Write $@{a/b}$ with the bottom @{b*k}.");
  await page.locator("#parameters").fill("b: 3..9\na: 1..b-1\nk: 2..6");
  await page.locator("#where").fill("gcd(a, b) == 1");
  await page.locator("#answer").fill("a/b");
  await page.locator("#result").fill("@{a*k}/@{b*k}");
  await page.locator("#hint0").fill("How many small parts make one part of @{b}?");
  await page.locator("#step0").fill("Each part becomes @{k}, so @{a} parts become @{a*k}.");
  await page.locator("[name=mixup-0-new]").fill("changes the bottom alone");
  await page.locator("#ma0").fill("a/b");
  await page.locator("#ms0").fill("The bottom is right. What becomes of the top?");
}

before(async () => {
  school = await openSchool();
  browser = await openBrowser();
  const page = await visit(browser, school);
  const groups = await everybody(page);
  const of = (words) => groups.find((group) => group.title.includes(words)).people;
  student = of("5A")[0];
  teacher = of("Teachers").find((person) => person.name === "Ngozi Okafor");
  leader = of("lead")[0];
  await signIn(page, teacher);
  await page.goto(`/teach/learner/${student.id}?competency=${COMPETENCY}`);
  await page.locator("input[name=kind][value=open]").check();
  await press(page, page.locator("form.decide:has(select) button[type=submit]"));
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await school?.close();
});

test("a question is written, stopped, mended and published, and a student gets it", async () => {
  const page = await visit(browser, school);
  await signIn(page, leader);
  await page.goto(NEW);
  await write(page, "same-size-other-bottom");
  const live = page.locator("#live");
  await live.locator(".ask math").first().waitFor();
  await live.getByText("A mix-up leads to the right answer.").waitFor();
  assert.match(await live.locator(".spoken").textContent(), /^Write .*(over|half|third|fourth|fifth|sixth|seventh|eighth|ninth).* with the bottom \d+/);
  // The part beside the form follows the last key within 300 ms.
  const began = await page.evaluate(() => performance.now());
  await page.locator("#stem").pressSequentially("!");
  await page.waitForFunction(() => document.querySelector("#live .ask").textContent.includes("!"));
  const took = (await page.evaluate(() => performance.now())) - began;
  console.log(`the preview followed a key in ${Math.round(took)} ms`);
  await page.locator("#stem").press("Backspace");
  // Another one has other numbers, and the focus stays where it was.
  const before = await live.locator(".ask").textContent();
  await live.locator("button[value=another]").click();
  await page.waitForFunction((old) => document.querySelector("#live .ask").textContent !== old, before);
  for (const look of ["phone", "print"]) {
    await live.locator(`input[name=look][value=${look}]`).check();
    await live.locator(`.look-${look}`).waitFor();
    await picture(page, `author-look-${look}`);
  }
  await press(page, live.locator("button[value=publish]"));
  assert.match(await live.locator("[role=alert]").textContent(), /not published yet/);
  await picture(page, "author-blocked");
  assert.deepEqual(await barriers(page, "blocked"), []);
  await page.locator("#ma0").fill("a/(b*k)");
  await live.getByText("A mix-up leads to the right answer.").waitFor({ state: "detached" });
  await press(page, live.locator("button[value=publish]"));
  assert.match(await page.locator("[role=status]").textContent(), /Students get it from now on/);
  // A refusal to publish is an answer of its own kind, which the browser notes.
  assert.deepEqual(page.troubles.filter((line) => !line.includes("422")), []);
  await page.context().close();
  // Questions are given by chance among those that fit: she asks until she gets the new one.
  const learner = await visit(browser, school);
  await signIn(learner, student);
  let found = false;
  for (let tries = 0; tries < 40 && !found; tries += 1) {
    await learner.goto("/map");
    const go = learner.locator(`form:has(input[name=competency][value='${COMPETENCY}']) button, button[name=competency][value='${COMPETENCY}']`).first();
    if (!(await go.isVisible())) await learner.locator(`details:has(input[value='${COMPETENCY}']), details:has(button[value='${COMPETENCY}'])`).first().locator("summary").first().click();
    await press(learner, go);
    found = /^Write .* with the bottom/.test((await learner.locator(question.stem).first().textContent()).trim());
    if (!found) await press(learner, learner.locator(question.show).first());
  }
  assert.ok(found, "the student got the new question");
  await picture(learner, "author-given");
  await learner.context().close();
});

test("script off: fields, text, versions and going back, all with a keyboard", async () => {
  const page = await visit(browser, school, { javaScriptEnabled: false });
  await signIn(page, teacher);
  await page.goto(NEW);
  await write(page, "another-bottom");
  const enter = async (target) => {
    await target.focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  };
  await enter(page.locator(".authoracts button[value=preview]"));
  assert.equal(await page.getByText("A mix-up leads to the right answer.").count(), 1);
  assert.equal(await page.locator("button[value=publish]").count(), 0);
  await page.locator("#ma0").fill("a/(b*k)");
  await enter(page.locator("button[name=action][value=save]"));
  assert.match(await page.locator("[role=status]").textContent(), /Saved as a version/);
  await enter(page.locator("button[value=as-text]"));
  const text = page.locator("textarea[name=text]");
  const written = await text.inputValue();
  assert.match(written, /id = "another-bottom"/);
  await text.fill(written.replace("level = 1", "level = 2"));
  await enter(page.locator("button[name=action][value=save]"));
  await page.getByRole("link", { name: "Versions" }).click();
  assert.equal(await page.locator("ins").textContent(), "level = 2");
  assert.equal(await page.locator("del").textContent(), "level = 1");
  await enter(page.locator("button[name=version][value='1']"));
  assert.equal(await page.locator("#level").inputValue(), "1");
  await page.context().close();
});

test("the pages of authors in all renderings that are English", async () => {
  const faults = [];
  for (const [rendering, options] of english) {
    const page = await visit(browser, school, options);
    await signIn(page, leader);
    await page.goto("/author/item/add-unlike-sum");
    await picture(page, `author-change-${rendering}`);
    faults.push(...(await barriers(page, `change ${rendering}`)));
    await page.goto("/author/item/compare-any-largest");
    await picture(page, `author-order-${rendering}`);
    faults.push(...(await barriers(page, `order ${rendering}`)), ...page.troubles);
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});
