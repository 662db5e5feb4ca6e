// Compares pairs of formulas with Khan Academy's KAS: one JSON pair a line in, one word a line out.
import fs from "node:fs";
import * as KAS from "@khanacademy/kas";

for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [learner, key] = JSON.parse(line).map((text) => KAS.parse(text));
  let word = "unread";
  if (learner.parsed && key.parsed) {
    try {
      word = KAS.compare(learner.expr, key.expr, {}).equal ? "equal" : "different";
    } catch {
      word = "failed";
    }
  }
  console.log(word);
}
