// A file is handed in with script off, and its picture is looked at by the teacher in all renderings that are English.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { barriers, everybody, openBrowser, openSchool, picture, press, renderings, signIn, visit } from "./house.mjs";

const english = renderings.filter(([, { language, locale }]) => !language && !locale);
const COMPETENCY = "food-webs";
const ITEM = "food-webs-draw";

let school, browser, student, teacher, section, drawing;

before(async () => {
  school = await openSchool();
  browser = await openBrowser();
  const page = await visit(browser, school);
  const groups = await everybody(page);
  const of = (words) => groups.find((group) => group.title.includes(words)).people;
  student = of("5A")[0];
  teacher = of("Teachers").find((person) => person.name === "Ngozi Okafor");
  await signIn(page, teacher);
  await page.goto("/teach");
  drawing = await page.screenshot();
  section = await page.getByRole("link", { name: "5A Mathematics" }).first().getAttribute("href");
  await page.goto(`${section}/courses`);
  await page.locator("input[name=course][value=living-systems]").check();
  await press(page, page.locator("form.coursepick button[type=submit]"));
  await page.goto(`/teach/learner/${student.id}?competency=${COMPETENCY}`);
  await page.locator("input[name=kind][value=open]").check();
  await press(page, page.locator("form.decide:has(select) button[type=submit]"));
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await school?.close();
});

test("a picture goes from a student to the teacher", async () => {
  const faults = [];
  const asked = await visit(browser, school, { javaScriptEnabled: false });
  await signIn(asked, student);
  await asked.goto("/lessons/living-systems?unit=3-energy-and-matter");
  await press(asked, asked.locator(`form:has(input[value='${ITEM}']) button`));
  const address = new URL(asked.url()).pathname;
  const look = async (who, path, name) => {
    for (const [rendering, options] of english) {
      const page = await visit(browser, school, options);
      await signIn(page, who);
      await page.goto(path);
      await picture(page, `${name}-${rendering}`);
      faults.push(...(await barriers(page, `${name} ${rendering}`)), ...page.troubles.map((line) => `${name}: ${line}`));
      await page.context().close();
    }
  };
  await look(student, address, "hand-in");
  await asked.locator("input[type=file]").setInputFiles({ name: "web.png", mimeType: "image/png", buffer: drawing });
  await press(asked, asked.locator("#answer-form button[type=submit]"));
  assert.match(await asked.locator("#feedback h3").textContent(), /Handed in/);
  const image = asked.locator("#feedback img.shown");
  assert.ok(await image.evaluate((shown) => shown.naturalWidth > 100), "the picture is shown");
  await look(student, address, "handed-in");
  await look(teacher, `${section}/check`, "check-picture");
  assert.deepEqual(faults, []);
});
