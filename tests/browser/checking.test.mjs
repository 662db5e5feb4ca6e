// Answers in writing: handed in with script off, read from the keyboard alone, looked at in all renderings that are English.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { barriers, everybody, giveLivingSystems, openBrowser, openSchool, picture, press, renderings, signIn, visit } from "./house.mjs";

// The sentences that are looked for are English.
const english = renderings.filter(([, { language, locale }]) => !language && !locale);
const COMPETENCY = "photosynthesis";
const ITEM = "photosynthesis-write";

let school, browser, students, teacher, section;

async function accessible(page, name, faults) {
  faults.push(...(await barriers(page, name)), ...page.troubles.map((line) => `${name}: ${line}`));
}

/** Hands in an answer with script off; the address of the attempt. */
async function handIn(student, text) {
  const page = await visit(browser, school, { javaScriptEnabled: false });
  await signIn(page, student);
  await page.goto("/lessons/living-systems?unit=3-energy-and-matter");
  await press(page, page.locator(`form:has(input[value='${ITEM}']) button`));
  await page.locator("textarea[name=text]").fill(text);
  await press(page, page.locator("#answer-form button[type=submit]"));
  assert.match(await page.locator("#feedback h3").textContent(), /Handed in/);
  const address = new URL(page.url()).pathname;
  await page.context().close();
  return address;
}

before(async () => {
  school = await openSchool();
  browser = await openBrowser();
  const page = await visit(browser, school);
  const groups = await everybody(page);
  const of = (words) => groups.find((group) => group.title.includes(words)).people;
  students = of("5A").slice(0, 4);
  teacher = of("Teachers").find((person) => person.name === "Ngozi Okafor");
  section = await giveLivingSystems(page, teacher);
  for (const student of students) {
    await page.goto(`/teach/learner/${student.id}?competency=${COMPETENCY}`);
    await page.locator("input[name=kind][value=open]").check();
    await press(page, page.locator("form.decide:has(select) button[type=submit]"));
  }
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await school?.close();
});

test("an answer goes from a student to the teacher and back", async () => {
  const answers = [
    "Roots take in water and a few minerals.\nMost of the mass comes from carbon dioxide.",
    "The tree eats soil.",
    "From the air and from water. Light gives the energy, but it is no matter.",
  ];
  const addresses = [];
  for (const [place, text] of answers.entries()) addresses.push(await handIn(students[place], text));
  const faults = [];
  for (const [rendering, options] of english) {
    const page = await visit(browser, school, options);
    await signIn(page, teacher);
    await page.goto(section);
    await picture(page, `check-card-${rendering}`);
    assert.equal(await page.getByText("3 answers wait for your check").count(), 1);
    await page.goto(`${section}/check`);
    await picture(page, `check-${rendering}`);
    await accessible(page, `check ${rendering}`, faults);
    await page.context().close();
    const learner = await visit(browser, school, options);
    await signIn(learner, students[0]);
    await learner.goto(addresses[0]);
    await picture(learner, `waiting-${rendering}`);
    await accessible(learner, `waiting ${rendering}`, faults);
    await learner.context().close();
  }
  // From the keyboard alone: a number scores, and the next answer comes by itself.
  const page = await visit(browser, school);
  await signIn(page, teacher);
  await page.goto(`${section}/check`);
  for (const key of ["2", "0"]) {
    const before = await page.locator("input[name=attempt]").first().inputValue();
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    await page.locator(".notice").waitFor();
    assert.match(await page.locator(".notice").textContent(), new RegExp(`Saved: ${key} of 3 points`));
    assert.notEqual(await page.locator("[data-check] input[name=attempt]").inputValue(), before);
  }
  // A number that is written in the comment scores nothing.
  await page.locator("#comment").fill("");
  await page.locator("#comment").press("3");
  assert.equal(await page.locator("#comment").inputValue(), "3");
  await page.locator("#comment").fill("Say where the mass comes from.");
  await press(page, page.locator("button.level[value='3']"));
  assert.match(await page.locator("h1").textContent(), /Nothing waits for you/);
  await picture(page, "check-empty-desktop");
  await accessible(page, "check empty", faults);
  await press(page, page.locator(".lately form button").first());
  assert.match(await page.locator(".notice").textContent(), /Taken back/);
  await press(page, page.locator("button.level[value='1']"));
  await page.context().close();
  for (const [rendering, options] of english) {
    const learner = await visit(browser, school, options);
    await signIn(learner, students[0]);
    await learner.goto("/today");
    await picture(learner, `today-checked-${rendering}`);
    await accessible(learner, `today ${rendering}`, faults);
    await press(learner, learner.locator(".checked a").first());
    assert.match(await learner.locator("#feedback h3").textContent(), /Your teacher has read it: 2 of 3 points/);
    await picture(learner, `scored-${rendering}`);
    await accessible(learner, `scored ${rendering}`, faults);
    await learner.context().close();
  }
  assert.deepEqual(faults, []);
});

test("the queue works with script off", async () => {
  await handIn(students[3], "Carbon dioxide and water become sugar, and sugar becomes wood.");
  const page = await visit(browser, school, { javaScriptEnabled: false });
  await signIn(page, teacher);
  await page.goto(`${section}/check`);
  await page.locator("#comment").fill("And the light?");
  await press(page, page.locator("button.level[value='2']"));
  assert.match(await page.locator(".notice").textContent(), /Saved: 2 of 3 points/);
  await press(page, page.locator(".notice button"));
  assert.match(await page.locator(".notice").textContent(), /Taken back/);
  assert.match(await page.locator("h1").textContent(), /1 answer waits for you/);
  await page.context().close();
});
