// Finding where to start in a course: offered on the day's page, asked a question at a time, stopped when it is enough, and
// turned off by the teacher. In every rendering, and with script off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerAnything, barriers, everybody, giveLivingSystems, openBrowser, openSchool, picture, press, question, renderings, signIn, visit } from "./house.mjs";

const OFFER = "form[action='/placement/living-systems'] button";
const STOP = "form[action='/placement/living-systems/end'] button";

let school, browser, students, teacher, section;

before(async () => {
  school = await openSchool();
  browser = await openBrowser();
  const page = await visit(browser, school);
  const groups = await everybody(page);
  const of = (words) => groups.find((group) => group.title.includes(words)).people;
  students = of("5A");
  teacher = of("Teachers").find((person) => person.name === "Ngozi Okafor");
  section = await giveLivingSystems(page, teacher);
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await school?.close();
});

test("the offer, a question and what came of it hold to the rules in every rendering", async () => {
  const faults = [];
  for (const [place, [rendering, options]] of renderings.entries()) {
    const page = await visit(browser, school, options);
    await signIn(page, students[place]);
    const look = async (name) => {
      await picture(page, `${name}-${rendering}`);
      faults.push(...(await barriers(page, `${name} ${rendering}`)));
    };
    await page.goto("/today");
    await look("placement-offer");
    await press(page, page.locator(OFFER));
    await look("placement-question");
    await answerAnything(page);
    await look("placement-answered");
    await page.goto("/today");
    await look("placement-running");
    faults.push(...page.troubles);
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});

/** Gives some answer; one that cannot be read leaves the question open, which is then given up. */
async function answerOrGiveUp(page) {
  await answerAnything(page);
  const show = page.locator(question.show);
  if ((await show.count()) > 0) await press(page, show.first());
}

test("with script off a student answers two questions, says that it is enough, and is not asked again", async () => {
  const page = await visit(browser, school, { javaScriptEnabled: false });
  await signIn(page, students[renderings.length]);
  await page.goto("/today");
  await press(page, page.locator(OFFER));
  const first = page.url();
  await answerOrGiveUp(page);
  await page.goto("/today");
  await press(page, page.locator(OFFER));
  assert.notEqual(page.url(), first);
  await answerOrGiveUp(page);
  await page.goto("/today");
  await press(page, page.locator(STOP));
  assert.equal(new URL(page.url()).pathname, "/today");
  assert.equal(await page.locator(OFFER).count(), 0);
  await page.context().close();
});

test("where the teacher turned it off nobody is asked", async () => {
  const page = await visit(browser, school);
  await signIn(page, teacher);
  await page.goto(`${section}/courses`);
  await page.locator("input[name=placement]").uncheck();
  await press(page, page.locator("form.coursepick button[type=submit]"));
  await page.context().close();
  const learner = await visit(browser, school);
  await signIn(learner, students[renderings.length + 1]);
  await learner.goto("/today");
  assert.equal(await learner.locator(OFFER).count(), 0);
  await learner.context().close();
});
