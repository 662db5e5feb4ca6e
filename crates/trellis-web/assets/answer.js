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
