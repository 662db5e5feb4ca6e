// Asks now and then whether the teacher has paused the lesson. What has been written on the page stays as it is.

const EVERY_MS = 5000;
const held = document.querySelector("[data-paused]");
let box;

const look = async () => {
  if (document.visibilityState !== "visible") return;
  try {
    const reply = await fetch("/paused.json", { headers: { accept: "application/json" } });
    if (!reply.ok) return;
    const { paused, title, text } = await reply.json();
    if (held) {
      if (!paused) location.reload();
      return;
    }
    if (paused && !box) {
      box = document.createElement("dialog");
      box.className = "card lookup";
      const heading = document.createElement("h2");
      heading.id = "look-up";
      heading.textContent = title;
      const words = document.createElement("p");
      words.textContent = text;
      box.setAttribute("aria-labelledby", heading.id);
      box.append(heading, words);
      // Escape does not send the teacher away.
      box.addEventListener("cancel", (event) => event.preventDefault());
      document.body.append(box);
      box.showModal();
    } else if (!paused && box) {
      box.close();
      box.remove();
      box = undefined;
    }
  } catch {
    // The line is bad; the next look tells.
  }
};

setInterval(look, EVERY_MS);
