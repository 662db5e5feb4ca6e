// Follows a lesson by server-sent events. The page works without it: a link loads it again.

const policy = globalThis.trustedTypes?.createPolicy("trellis-preview", { createHTML: (html) => html });
const live = document.querySelector("#live");

if (live && "EventSource" in globalThis) {
  const show = (html) => {
    const inside = live.contains(document.activeElement) ? document.activeElement : null;
    const [link, value] = [inside?.getAttribute("href"), inside?.value];
    // The same part of the page that the server writes when it is asked for the whole.
    live.innerHTML = policy ? policy.createHTML(html) : html;
    const again = [...live.querySelectorAll("a, button")].find((one) => (link ? one.getAttribute("href") === link : inside && one.value === value));
    again?.focus();
  };
  // The server ends each stream after a while, and the browser asks again by itself.
  const events = new EventSource(live.dataset.events);
  events.addEventListener("board", (event) => show(event.data));
  events.addEventListener("end", (event) => {
    if (event.data) show(event.data);
    events.close();
  });
  addEventListener("pagehide", () => events.close());
}
