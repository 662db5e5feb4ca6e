// Three taps instead of three rows of choices: fills in the form that works without this script.
const form = document.querySelector("form.pictures");
const taps = document.querySelector(".taps");
if (form && taps) {
  const fields = ["first", "second", "third"];
  const slots = taps.querySelectorAll(".slot");
  const status = taps.querySelector(".slots");
  const said = taps.querySelector(".said");
  const words = [status.dataset.none, status.dataset.one, status.dataset.two, status.dataset.three];
  let chosen = [];
  const show = () => {
    slots.forEach((slot, at) => slot.classList.toggle("full", at < chosen.length));
    said.textContent = words[chosen.length];
  };
  const clear = () => {
    chosen = [];
    form.reset();
    show();
  };
  taps.querySelectorAll(".picture").forEach((picture) => {
    picture.addEventListener("click", () => {
      if (chosen.length === fields.length) return;
      form.elements[fields[chosen.length]].value = picture.value;
      chosen.push(picture.value);
      show();
      if (chosen.length === fields.length) form.requestSubmit();
    });
  });
  taps.querySelector(".clear").addEventListener("click", clear);
  // A page that comes back from the browser's memory starts anew.
  window.addEventListener("pageshow", clear);
  form.hidden = true;
  taps.hidden = false;
}
