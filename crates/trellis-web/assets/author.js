// Shows beside the editor what is being written, while it is written. The page works without it: a button does the same.

const policy = globalThis.trustedTypes?.createPolicy("trellis-preview", { createHTML: (html) => html });
const form = document.querySelector("#author");
const live = document.querySelector("#live");

if (form && live) {
  let asked = 0;
  let timer;
  // The address is asked for by name: the buttons of the form are called "action" too.
  const show = async (action) => {
    const number = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("part", "live");
    body.set("action", action);
    try {
      const reply = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } });
      if (!reply.ok || number !== asked) return;
      const html = await reply.text();
      const open = [...live.querySelectorAll("details")].map((part) => part.open);
      const focus = live.contains(document.activeElement) ? document.activeElement : null;
      const [name, value] = [focus?.name, focus?.value];
      // The same part of the page that the server writes when it is asked for the whole.
      live.innerHTML = policy ? policy.createHTML(html) : html;
      form.elements.seed.value = live.querySelector("[data-live-part]").dataset.seed;
      live.querySelectorAll("details").forEach((part, place) => (part.open = open[place] ?? false));
      if (name) [...live.querySelectorAll(`[name="${CSS.escape(name)}"]`)].find((one) => one.value === value)?.focus();
    } catch {
      // Nothing is lost: the button shows the same.
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => show("preview"), 120);
  };
  form.addEventListener("input", soon);
  // Other kinds have other fields, which the server writes.
  form.elements.kind?.addEventListener("change", () => {
    clearTimeout(timer);
    form.querySelector("button[value=preview]").click();
  });
  live.addEventListener("change", (event) => {
    if (event.target.name === "look") show("preview");
  });
  live.addEventListener("click", (event) => {
    const button = event.target.closest("button[value=another]");
    if (!button) return;
    event.preventDefault();
    show("another");
  });
  // The fields of the preview are there to look at.
  live.addEventListener("submit", (event) => {
    if (event.target !== form) event.preventDefault();
  });
}
