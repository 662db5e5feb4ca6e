// Every page in six renderings: accessibility rules, no sideways scrolling, keyboard, weight, and a picture to look at.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { answerAnything, barriers, everybody, openBrowser, openSchool, pick, picture, press, question, renderings, signIn, visit } from "./house.mjs";

let school, browser, people, student, pages;
const NEW = "/author/fractions-to-equations/equal-make/new";

before(async () => {
  school = await openSchool();
  browser = await openBrowser();
  const page = await visit(browser, school);
  const groups = await everybody(page);
  const of = (words) => groups.find((group) => group.title.includes(words)).people;
  student = of("5A")[0];
  const families = of("Famil");
  people = {
    nobody: null,
    learner: student,
    teacher: of("Teachers").find((person) => person.name === "Ngozi Okafor"),
    family: families.find((person) => person.about.includes(student.name)),
    leader: of("lead")[0],
  };
  // The class is open, so that the pages of the class can be seen.
  await pick(page, people.teacher.name);
  await page.goto("/teach");
  const section = await page.getByRole("link", { name: "5A Mathematics" }).first().getAttribute("href");
  await page.goto(section);
  await press(page, page.locator("form[action$='/open'] button[type=submit]"));
  await page.locator("form[action$='/close']").waitFor();
  // A group is made, and people have asked.
  await page.goto(`${section}/groups`);
  await press(page, page.locator(".need button[type=submit]").first());
  const plan = new URL(page.url()).pathname;
  await page.goto(`${section}/matters`);
  await page.locator("#help-said").fill("Half of my class shares a mix-up. Who has a good idea?");
  await press(page, page.locator("form[action$='/support'] button[type=submit]"));
  // One question looks wrong to the teacher, another is held back.
  await page.goto(`${section}/items/compare-any-same-top`);
  await page.locator("#bad-why").fill("The picture does not fit the numbers.");
  await press(page, page.locator("form[action='/audit/report'] button"));
  await page.goto(`${section}/items/compare-any-largest`);
  await press(page, page.locator("form[action='/audit/hold'] button"));
  // A draft with two versions.
  await page.goto("/author/item/add-unlike-sum");
  await page.locator("#hint0").fill("Are the parts of the same size?");
  await press(page, page.locator("button[name=action][value=save]"));
  await page.locator("#hint0").fill("Look at the bottoms first.");
  await press(page, page.locator("button[name=action][value=save]"));
  const draft = new URL(page.url()).pathname;
  // A project with a criterion of the ready rubric and one of the teacher's own.
  await page.goto(`${section}/projects`);
  await page.locator("#title").fill("A bridge of paper");
  await page.locator("#about").fill("Build a bridge that holds two books, from ten sheets of paper.");
  await page.locator("#checkpoint1").fill("A sketch with its measures");
  await page.locator("#checkpoint2").fill("The bridge and what you found");
  await page.locator("input[name=skill]").nth(3).check();
  await page.locator("details:has(#criterion1) summary").click();
  await page.locator("#criterion1").fill("Uses fractions to plan");
  await page.locator("#about1").selectOption("percent-whole");
  await page.locator("#levels1").fill("Not yet\nIn one place\nWherever it helps");
  await press(page, page.locator("main form:has(#criterion1) > p > button"));
  const project = await page.locator(".worklist a").first().getAttribute("href");
  // A set that is shared with other teachers, and a word about it.
  await page.goto(`${section}/assign?who=class&what=percent-whole&numbers=same&count=3&due=&seed=7`);
  await page.locator("details:has(#set-title) summary").click();
  await press(page, page.locator("details:has(#set-title) button"));
  await page.locator("details:has([name=said]) summary").click();
  await page.locator("textarea[name=said]").fill("My class took ten minutes.");
  await press(page, page.locator("details:has([name=said]) button"));
  // An invitation that nobody has used.
  await page.goto(`${section}/invitations`);
  await page.locator("input[name=person]").first().check();
  await press(page, page.locator("main form button[type=submit]"));
  const letters = (await page.locator(".badgeletters").first().innerText()).replaceAll(" ", "");
  const join = `/join/${letters}`;
  await page.context().close();
  const family = await visit(browser, school);
  await signIn(family, people.family);
  await family.goto(`/family/${student.id}/ask`);
  await family.locator("#said").fill("How much should we practise at home?");
  await press(family, family.locator(".matterform button[type=submit]"));
  await family.context().close();
  // A survey that students are asked to answer.
  const leader = await visit(browser, school);
  await signIn(leader, people.leader);
  await leader.goto("/district/surveys");
  await press(leader, leader.locator(".surveynew button[type=submit]"));
  await leader.context().close();
  // An item that is begun, and one with an answer.
  const learner = await visit(browser, school);
  await signIn(learner, people.learner);
  await learner.goto("/today");
  await press(learner, learner.locator(question.begin).first());
  const item = new URL(learner.url()).pathname;
  await learner.goto("/today");
  const survey = await learner.locator(".askline a").getAttribute("href");
  await press(learner, learner.locator(question.begin).nth(1));
  await press(learner, learner.locator(question.show).first());
  const solved = new URL(learner.url()).pathname;
  await learner.goto("/today");
  const why = await learner.locator("a[href^='/why/']").first().getAttribute("href");
  await learner.goto("/map");
  const say = await learner.locator("a[href$='/say']").first().getAttribute("href");
  await learner.goto(say);
  await learner.locator("#said").fill("I did this last year already.");
  await press(learner, learner.locator(".matterform button[type=submit]"));
  await learner.goto("/portfolio");
  await learner.locator("#title").fill("My first fraction wall");
  await learner.locator("#said").fill("I built it from twelve strips of paper.");
  await learner.locator("#reflection").fill("Thirds and quarters meet at twelfths.");
  await learner.locator("#tie-1").selectOption("percent-whole");
  await learner.locator("input[name=school]").check();
  await learner.locator("input[name=family]").check();
  await press(learner, learner.locator(".workform button"));
  const piece = await learner.locator(".piece a[href^='/portfolio/']").first().getAttribute("href");
  const own = await learner.locator(".worklist a").first().getAttribute("href");
  await learner.goto(own);
  await learner.locator("#said-0").fill("Two towers and a deck of folded strips.");
  await press(learner, learner.locator("form:has(#said-0) button"));
  await learner.goto("/plan");
  await learner.locator("#text").fill("Add any two fractions without help");
  await learner.locator("#due").fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await press(learner, learner.locator("main form:has(#text) button"));
  await learner.locator("form:has([value=step]) input[type=text]").fill("Ask Ben how he does it");
  await press(learner, learner.locator("form:has([value=step]) button"));
  await press(learner, learner.locator("form:has([name=version]) button"));
  await learner.context().close();
  pages = [
    ["sign-in", "nobody", "/sign-in?class=closed&staff=refused"],
    ["how", "nobody", "/how"],
    ["class", "nobody", "/class/5AMA"],
    ["badge", "nobody", "/badge?again=1"],
    ["badge-scanned", "nobody", "/badge/ABCDEFGHJKMNPQRSTVWXYZ0123456789WXYZ"],
    ["join", "nobody", "/join"],
    ["join-open", "nobody", join],
    ["pictures", "nobody", `/class/5AMA/${student.id}?again=1`],
    ["error", "nobody", "/no/such/page"],
    ["today", "learner", "/today"],
    ["survey", "learner", survey],
    ["item", "learner", item],
    ["item-solved", "learner", solved],
    ["map", "learner", "/map"],
    ["say", "learner", say],
    ["what-if", "learner", say.replace("/map/", "/what-if/").replace("/say", "")],
    ["why", "learner", why],
    ["lessons", "learner", "/lessons/fractions-to-equations"],
    ["plan", "learner", "/plan?done=sign"],
    ["plan-of", "teacher", `/teach/learner/${student.id}/plan`],
    ["plan-family", "family", `/family/${student.id}/plan`],
    ["work", "learner", "/portfolio?done=kept"],
    ["work-change", "learner", piece],
    ["work-of", "teacher", `/teach/learner/${student.id}/portfolio`],
    ["work-family", "family", `/family/${student.id}/portfolio`],
    ["allow", "family", `/family/${student.id}/allow`],
    ["term", "family", `/family/${student.id}/term`],
    ["project", "learner", `${own}?done=handed-in`],
    ["projects", "teacher", `${section}/projects`],
    ["shared", "teacher", `${section}/shared?done=shared`],
    ["project-scoring", "teacher", `${project}?learner=${student.id}`],
    ["teach", "teacher", "/teach"],
    ["teach-today", "teacher", section],
    ["class-map", "teacher", `${section}/map`],
    ["courses", "teacher", `${section}/courses`],
    ["decide", "teacher", `${section}/decide?competency=percent-whole&kind=do-next`],
    ["groups", "teacher", `${section}/groups`],
    ["assign", "teacher", `${section}/assign?done=withdrawn`],
    ["assign-same", "teacher", `${section}/assign?who=class&what=percent-whole&numbers=same&count=3&due=2026-12-04&seed=7`],
    ["assign-own", "teacher", `${section}/assign?who=class&what=next&numbers=own&count=3&due=&seed=7`],
    ["group-plan", "teacher", plan],
    ["live", "teacher", `${section}/live`],
    ["live-hidden", "teacher", `${section}/live?names=no`],
    ["print", "teacher", `${section}/print`],
    ["print-sheets", "teacher", `${section}/print?who=class&what=next&count=6&seed=7&at=9000000000000`],
    ["badges", "teacher", `${section}/badges`],
    ["invitations", "teacher", `${section}/invitations?done=none`],
    ["print-families", "teacher", `${section}/print/families`],
    ["matters", "teacher", `${section}/matters`],
    ["class-survey", "teacher", `${section}/surveys`],
    ["audit", "teacher", `${section}/audit`],
    ["question", "teacher", `${section}/items/compare-any-same-top`],
    ["question-held", "teacher", `${section}/items/compare-any-largest?done=held`],
    ["evidence", "teacher", `/teach/learner/${student.id}`],
    ["evidence-one", "teacher", `/teach/learner/${student.id}?competency=percent-whole`],
    ["family", "family", `/family/${student.id}`],
    ["conference", "family", `/family/${student.id}/conference`],
    ["kept", "learner", "/kept"],
    ["kept-of", "family", `/kept/${student.id}`],
    ["ask", "family", `/family/${student.id}/ask`],
    ["district", "leader", "/district"],
    ["invitations-staff", "leader", "/district/invitations"],
    ["surveys", "leader", "/district/surveys?done=opened"],
    ["agreed", "leader", "/district/agreed?done=agreed"],
    ["machine", "leader", "/district/machine"],
    ["erase", "leader", "/district/erase?done=asked"],
    ["account", "teacher", "/account?done=ended"],
    ["second", "teacher", "/account/second?done=ended"],
    ["records", "leader", "/district/records?done=asked"],
    ["support", "leader", "/district/support"],
    ["links", "teacher", `${section}/links`],
    ["links-circle", "teacher", `${section}/links?first=equal-make&then=equal-model`],
    ["sorting", "leader", "/district/tags?from=living-systems&to=fractions-to-equations"],
    ["audit-all", "leader", "/district/audit"],
    ["question-all", "leader", "/district/items/compare-any-same-top"],
    ["author", "leader", "/author?done=discarded"],
    ["author-course", "teacher", "/author/fractions-to-equations"],
    ["author-new", "leader", NEW],
    ["author-draft", "leader", `${draft}?done=saved`],
    ["author-versions", "teacher", `${draft}/versions`],
  ];
});

after(async () => {
  await browser?.close();
  await school?.close();
});

/** Walks through a page with the Tab key; what was reached, and what was reached without showing it. */
async function walk(page) {
  await page.evaluate(() => {
    const seen = "a[href], button:not([tabindex='-1']), input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";
    const groups = new Set();
    let number = 0;
    for (const target of document.querySelectorAll(seen)) {
      if (!target.checkVisibility() || target.disabled) continue;
      if (target.type === "radio") {
        // A group of radios is one stop.
        const group = `${target.form?.action} ${target.name}`;
        if (groups.has(group)) continue;
        groups.add(group);
        target.form.elements[target.name].forEach?.((radio) => (radio.dataset.stop = number));
      }
      target.dataset.stop = number;
      number += 1;
    }
    document.body.dataset.stops = number;
  });
  const stops = Number(await page.evaluate(() => document.body.dataset.stops));
  const reached = new Set();
  const unseen = [];
  for (let press = 0; press < stops + 12; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const target = document.activeElement;
      if (!target || target === document.body) return null;
      const style = getComputedStyle(target);
      const around = target.closest(".picture, label") ? getComputedStyle(target.closest(".picture, label")) : style;
      const ring = [style, around].some((one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
      const box = target.getBoundingClientRect();
      return { stop: target.dataset.stop, ring, inside: box.bottom > 0 && box.top < innerHeight, html: target.outerHTML.slice(0, 90) };
    });
    if (at === null) continue;
    if (at.stop !== undefined) reached.add(at.stop);
    if (!at.ring || !at.inside) unseen.push(at.html);
  }
  return { stops, reached: reached.size, unseen: [...new Set(unseen)] };
}

// They only look, so two go on at a time.
describe("every page", { concurrency: 2 }, () => {
  for (const [rendering, options] of renderings) {
    test(`no page breaks a rule of accessibility: ${rendering}`, async () => {
      const faults = [];
      for (const [role, person] of Object.entries(people)) {
        const page = await visit(browser, school, options);
        await signIn(page, person);
        for (const [name, who, path] of pages) {
          if (who !== role) continue;
          const reply = await page.goto(path);
          if (name !== "error") assert.equal(reply.status(), 200, path);
          await picture(page, `${name}-${rendering}`);
          faults.push(...(await barriers(page, name)));
          const headings = await page.locator("h1").count();
          if (headings !== 1) faults.push(`${name}: ${headings} first headings`);
          const small = await page.evaluate(() =>
            [...document.querySelectorAll("main button:not([aria-hidden]), main select, main input:not([type=hidden]):not([type=radio]):not([type=checkbox])")]
              .map((target) => [target, target.getBoundingClientRect()])
              .filter(([target, box]) => target.checkVisibility() && box.width > 0 && (box.height < 24 || box.width < 24))
              .map(([target]) => target.outerHTML.slice(0, 80)),
          );
          if (small.length > 0) faults.push(`${name}: targets under 24 px: ${small.join(" | ")}`);
        }
        const troubles = page.troubles.filter((line) => !line.includes("404 (Not Found)"));
        faults.push(...troubles);
        await page.context().close();
      }
      assert.deepEqual(faults, []);
    });
  }

  test("no page scrolls sideways at 320 px", async () => {
    const faults = [];
    for (const [role, person] of Object.entries(people)) {
      const page = await visit(browser, school, { viewport: { width: 320, height: 640 } });
      await signIn(page, person);
      for (const [name, who, path] of pages) {
        if (who !== role) continue;
        await page.goto(path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) faults.push(`${name}: ${wide} px`);
      }
      await page.context().close();
    }
    assert.deepEqual(faults, []);
  });

  test("every stop is reached by keyboard and shows its focus", async () => {
    const faults = [];
    let walked = 0;
    for (const [role, person] of Object.entries(people)) {
      const page = await visit(browser, school);
      await signIn(page, person);
      for (const [name, who, path] of pages) {
        if (who !== role) continue;
        await page.goto(path);
        const { stops, reached, unseen } = await walk(page);
        walked += reached;
        if (reached < stops) faults.push(`${name}: ${reached} of ${stops} reached`);
        if (unseen.length > 0) faults.push(`${name}: focus not seen on ${unseen.join(" | ")}`);
      }
      await page.context().close();
    }
    console.log(`keyboard: ${walked} stops reached on ${pages.length} pages`);
    assert.deepEqual(faults, []);
  });
});

test("with script off a learner signs in, answers and sees feedback", async () => {
  const page = await visit(browser, school, { javaScriptEnabled: false });
  await page.goto("/sign-in");
  await page.fill("#code", "5AMA");
  await press(page, page.getByRole("button", { name: "Find my class" }));
  await press(page, page.locator(`a.face[href$='${student.id}']`));
  for (const [field, picture] of [["first", "cat"], ["second", "sun"], ["third", "boat"]]) {
    await page.check(`input[name=${field}][value=${picture}]`);
  }
  await press(page, page.getByRole("button", { name: "Sign in", exact: true }));
  await page.waitForURL("**/today");
  await press(page, page.locator(question.begin).first());
  await answerAnything(page);
  const said = await page.locator(".feedback").first().innerText();
  assert.ok(said.length > 5, said);
  await page.context().close();
});

/** Bytes on the wire of a visit, as the browser counts them. */
async function weigh(page, path) {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  let bytes = 0;
  client.on("Network.loadingFinished", (done) => (bytes += done.encodedDataLength));
  await page.goto(path, { waitUntil: "networkidle" });
  await page.waitForTimeout(200);
  await client.detach();
  return bytes;
}

test("the student's pages are light", async () => {
  const light = [];
  for (const [name, who, path] of pages.filter(([name]) => ["today", "item", "map"].includes(name))) {
    const page = await visit(browser, school);
    await signIn(page, people[who]);
    const cookies = await page.context().cookies();
    const fresh = await visit(browser, school);
    await fresh.context().addCookies(cookies);
    const cold = await weigh(fresh, path);
    const warm = await weigh(fresh, path);
    console.log(`${name}: cold ${(cold / 1000).toFixed(1)} kB, warm ${(warm / 1000).toFixed(1)} kB on the wire`);
    light.push([name, cold, warm]);
    await page.context().close();
    await fresh.context().close();
  }
  for (const [name, cold, warm] of light) {
    assert.ok(cold <= 125_000, `${name} cold: ${cold}`);
    assert.ok(warm <= 15_000, `${name} warm: ${warm}`);
  }
});

test("the family's page prints on one sheet of letter paper", async () => {
  const page = await visit(browser, school);
  await signIn(page, people.family);
  await page.goto(`/family/${student.id}`);
  const pdf = (await page.pdf({ format: "Letter" })).toString("latin1");
  assert.equal(pdf.match(/\/Type\s*\/Page[^s]/g).length, 1);
  await page.context().close();
});
