// Shows how a typed answer is read, while it is typed, and counts the time. The page works without it.

const policy = globalThis.trustedTypes?.createPolicy("trellis-preview", { createHTML: (html) => html });

for (const form of document.querySelectorAll("form[data-elapsed]")) {
  const begun = performance.now();
  form.addEventListener("submit", () => {
    form.elements.elapsed.value = String(Math.round(performance.now() - begun));
  });
}

const box = document.querySelector("input[data-preview]");
const place = document.querySelector("[data-read-as]");
if (box && place) {
  const output = place.querySelector("output");
  let asked = 0;
  let timer;
  const show = async () => {
    const number = ++asked;
    const query = new URLSearchParams({ text: box.value });
    try {
      const reply = await fetch(`${box.dataset.preview}?${query}`, { headers: { accept: "text/html" } });
      if (!reply.ok || number !== asked) return;
      const html = await reply.text();
      // The server makes this MathML from a tree and escapes every letter in it.
      output.innerHTML = policy ? policy.createHTML(html) : html;
      place.hidden = html === "";
    } catch {
      place.hidden = true;
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 150);
  });
}

// A click on a region of a drawing chooses it, or gives it the next free place. The list beside it does the same.
for (const part of document.querySelectorAll("svg [data-region]")) {
  const key = CSS.escape(part.dataset.region);
  const button = document.querySelector(`#answer-form input[name="choice"][value="${key}"]`);
  const place = document.querySelector(`#answer-form select[name="place-${key}"]`);
  if (!button && !place) continue;
  part.closest("svg").parentElement.dataset.pick = "";
  part.addEventListener("click", () => {
    if (button) {
      button.click();
    } else if (place.value) {
      place.value = "";
    } else {
      const taken = new Set([...document.querySelectorAll("#answer-form select[name^=place-]")].map((other) => other.value));
      const free = [...place.options].find((option) => option.value && !taken.has(option.value));
      if (free) place.value = free.value;
    }
  });
}

// A click on the grid sets the next point; the boxes below show it and can be typed in as well.
const plane = document.querySelector("#answer-form [data-plane]");
if (plane) {
  const { left, top, side } = Object.fromEntries(["left", "top", "side"].map((name) => [name, Number(plane.dataset[name])]));
  const marks = plane.dataset.marks.split(" ");
  const value = (text) => {
    const [above, below = "1"] = text.trim().split("/");
    return above === "" ? NaN : Number(above) / Number(below);
  };
  const [low, high] = [value(marks[0]), value(marks.at(-1))];
  const svg = plane.querySelector("svg");
  const dots = [...plane.querySelectorAll("[data-dot]")];
  const box = (axis, dot) => document.querySelector(`#answer-form input[name="${axis}-${dot.dataset.dot}"]`);
  const show = () => {
    for (const dot of dots) {
      const [x, y] = ["x", "y"].map((axis) => (value(box(axis, dot).value) - low) / (high - low));
      const known = x >= 0 && x <= 1 && y >= 0 && y <= 1;
      dot.classList.toggle("unset", !known);
      if (!known) continue;
      dot.setAttribute("cx", String(left + x * side));
      dot.setAttribute("cy", String(top + side - y * side));
    }
  };
  plane.dataset.live = "";
  let turn = 0;
  svg.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const mark = (share) => marks[Math.round(share * (marks.length - 1))];
    const [x, y] = [mark((at.x - left) / side), mark((top + side - at.y) / side)];
    if (x === undefined || y === undefined) return;
    const empty = dots.findIndex((dot) => dot.classList.contains("unset"));
    const dot = dots[empty < 0 ? turn++ % dots.length : empty];
    box("x", dot).value = x;
    box("y", dot).value = y;
    show();
  });
  plane.closest("form").addEventListener("input", show);
  show();
}
