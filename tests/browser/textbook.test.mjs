// A textbook that was imported: a teacher gives it to a class, and a learner works through questions of its lessons, wrong,
// with hints and their smaller questions, shown, and right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { material, openBrowser, openSchool, pick, picture, press, question, visit } from "./house.mjs";

const COURSE = "oatutor.openstax-elementary-algebra";
/** So many questions, of so many lessons. */
const ITEMS = 10;
const LEAST_KINDS = 3;

const pool = material("oatutor.tar.xz");
const skip = pool === undefined && "the pool of OATutor is not here: set TRELLIS_DATA to its folder";

let school, browser, learner;

before(async () => {
  if (skip) return;
  school = await openSchool({ pool });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await school?.close();
});

test("a teacher gives a textbook to a class", { skip }, async () => {
  const teacher = await visit(browser, school);
  await pick(teacher, "Ngozi Okafor");
  await teacher.goto("/teach");
  await press(teacher, teacher.getByRole("link", { name: "5A Mathematics" }).first());
  await press(teacher, teacher.getByRole("link", { name: "Courses" }));
  await teacher.check(`input[value='${COURSE}']`);
  await press(teacher, teacher.getByRole("button", { name: "Give these to the class" }));
  await teacher.locator(".notice").waitFor();
  assert.ok(await teacher.isChecked(`input[value='${COURSE}']`));
  await teacher.goto("/teach");
  assert.match(await teacher.locator("main").innerText(), /OpenStax: Elementary Algebra/);
  await teacher.context().close();
});

/** The answer that the worked steps end with: its text, and whether plain typing can say it. */
async function shownAnswer(page) {
  const last = page.locator(".worked .hintlist > li").last();
  const simple = (await last.locator("mfrac, msup, msub, msqrt, mroot, mtable").count()) === 0;
  const text = (await last.textContent()).replace(/^The answer:/, "").replaceAll("\u2212", "-").trim();
  return { simple, text };
}

/** Answers with what the worked steps said; false when that cannot be typed as it stands. */
async function answerWith(page, answer) {
  const form = page.locator("form[id^=answer]");
  const box = form.locator("input[type=text]");
  if ((await box.count()) > 0) {
    if (!answer.simple) return false;
    await box.fill(answer.text);
  } else {
    const plain = (text) => text.replaceAll("\u2212", "-").replace(/\s+/g, "");
    const options = form.locator("label.option");
    const texts = await options.evaluateAll((all) => all.map((one) => one.textContent));
    const place = texts.findIndex((text) => plain(text) === plain(answer.text));
    assert.ok(place >= 0, `${answer.text} is among ${texts.join(" | ")}`);
    await options.nth(place).locator("input").check();
  }
  await press(page, page.locator(question.check).first());
  return true;
}

/** Nothing of an author's notation stands on the page as it was written. */
async function readsAsMathematics(page) {
  const text = await page.locator(".item").innerText();
  assert.doesNotMatch(text, /\\(frac|sqrt|left|right|times|text|begin|cdot)/, text);
  assert.equal(await page.locator(".item code").count(), 0, text);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, text);
}

test("a learner works through questions of its lessons with hints", { skip, timeout: 300_000 }, async () => {
  learner = await visit(browser, school, { viewport: { width: 390, height: 844 } });
  await pick(learner, "Ben L");
  await press(learner, learner.getByRole("link", { name: "Lessons" }));
  await press(learner, learner.getByRole("link", { name: "OpenStax: Elementary Algebra" }));
  await picture(learner, "textbook-lesson");
  const lessons = await learner.locator(".contents a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(lessons.length > 60, `${lessons.length} lessons`);
  const kinds = new Set();
  let [right, hints, smaller, tried] = [0, 0, 0, 0];
  for (const lesson of lessons) {
    if (right >= ITEMS && kinds.size >= LEAST_KINDS && smaller > 0) break;
    tried += 1;
    await learner.goto(lesson);
    const place = Math.min(1, (await learner.locator("button.step").count()) - 1);
    await press(learner, learner.locator("button.step").nth(place));
    await readsAsMathematics(learner);
    // All hints, with an answer to the smaller question of each that asks one.
    while ((await learner.locator(question.hint).count()) > 0) {
      await press(learner, learner.locator(question.hint).first());
      hints += 1;
      const asked = learner.locator(".asked form").last();
      if ((await asked.count()) > 0 && (await asked.locator("input[type=text]").count()) > 0) {
        await asked.locator("input[type=text]").fill("12");
        await press(learner, asked.locator("button[type=submit]"));
        smaller += 1;
        assert.ok((await learner.locator(".said").count()) > 0);
      }
    }
    await readsAsMathematics(learner);
    const typed = (await learner.locator(question.text).count()) > 0;
    if (typed) {
      // Wrong costs a try and says so kindly.
      await learner.fill(question.text, "987654321");
      await press(learner, learner.locator(question.check).first());
      assert.doesNotMatch(await learner.locator(".feedback h3").first().innerText(), /right/);
    }
    await press(learner, learner.locator(question.show).first());
    await readsAsMathematics(learner);
    const answer = await shownAnswer(learner);
    const steps = await learner.locator(".worked .hintlist > li").count();
    assert.ok(steps >= 1);
    // The same question once more from the list, now right.
    await learner.goto(lesson);
    assert.match(await learner.locator("button.step").nth(place).innerText(), /begun/);
    await press(learner, learner.locator("button.step").nth(place));
    const help = await learner.locator(".item form[id^=answer] [id$='-help'], .item form[id^=answer] legend").first().innerText();
    if (!(await answerWith(learner, answer))) continue;
    const said = await learner.locator(".feedback h3").first().innerText();
    assert.equal(said, "Yes, that is right!", `${lesson}: ${answer.text}`);
    kinds.add(help);
    right += 1;
    if (right === 1) {
      await picture(learner, "textbook-right");
      // The next question is the next of the lesson.
      await press(learner, learner.getByRole("button", { name: "Next question" }));
      assert.equal(await learner.locator(question.stem).count(), 1);
    }
  }
  console.log(`textbook: ${right} right of ${tried} lessons, ${hints} hints, ${smaller} smaller questions answered, kinds: ${[...kinds].join(" / ")}`);
  assert.ok(right >= ITEMS, `${right} questions answered right`);
  assert.ok(kinds.size >= LEAST_KINDS, [...kinds].join(" / "));
  assert.ok(smaller > 0 && hints > ITEMS);
  assert.deepEqual(learner.troubles, []);
});

test("the map keeps the textbook apart, and today has stops of it", { skip }, async () => {
  await learner.goto("/map");
  await learner.locator("a[href='/lessons/" + COURSE + "']").first().waitFor({ state: "attached" });
  await learner.goto("/today");
  assert.ok((await learner.locator(".stop").count()) > 0);
  assert.deepEqual(learner.troubles, []);
});
