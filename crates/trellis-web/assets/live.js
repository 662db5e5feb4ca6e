// Follows a lesson by server-sent events. The page works without it: a link loads it again.

const policy = globalThis.trustedTypes?.createPolicy("trellis-preview", { createHTML: (html) => html });
const live = document.querySelector("#live");

if (live && "EventSource" in globalThis) {
  let shown = live.innerHTML;
  const show = (html) => {
    const next = document.createElement("template");
    next.innerHTML = policy ? policy.createHTML(html) : html;
    // What a keyboard has reached stays where it is while nothing changes.
    if (next.innerHTML === shown) return;
    shown = next.innerHTML;
    const inside = live.contains(document.activeElement) ? document.activeElement : null;
    const [link, value] = [inside?.getAttribute("href"), inside?.value];
    // The same part of the page that the server writes when it is asked for the whole.
    live.replaceChildren(next.content);
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
