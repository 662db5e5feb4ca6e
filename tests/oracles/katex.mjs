// Typesets LaTeX with KaTeX: one JSON string a line in, its MathML or null a line out. With --time, only the median
// time of one fragment in microseconds, after warming up.
import fs from "node:fs";
import katex from "katex";

const fragments = fs.readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const typeset = (text, output) => katex.renderToString(text, { output, throwOnError: true, strict: false });
if (process.argv.includes("--time")) {
  const times = [];
  for (let round = 0; round < 40; round++) {
    for (const text of fragments) {
      const start = process.hrtime.bigint();
      typeset(text, "htmlAndMathml");
      if (round >= 20) times.push(Number(process.hrtime.bigint() - start) / 1000);
    }
  }
  times.sort((a, b) => a - b);
  console.log(times[times.length >> 1].toFixed(2));
} else {
  for (const text of fragments) {
    let out = null;
    try {
      out = typeset(text, "mathml");
    } catch {
      out = null;
    }
    console.log(JSON.stringify(out));
  }
}
