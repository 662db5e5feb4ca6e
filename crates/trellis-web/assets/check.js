// A number key gives so many points, while the answer or its rubric has the focus. The page works without it.

const desk = document.querySelector("[data-check]");
if (desk) {
  desk.querySelector("[data-keys]").hidden = !matchMedia("(hover: hover)").matches;
  desk.addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea, input[type=text], select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[0-9]$/.test(event.key)) return;
    const one = desk.querySelector(`button[name="points"][value="${event.key}"]`);
    if (one) {
      event.preventDefault();
      one.click();
      return;
    }
    // Of several criteria: the one with the focus, else the first that is open.
    const criteria = [...desk.querySelectorAll("[data-criterion]")];
    const open = (criterion) => !criterion.querySelector("input:checked");
    const here = criteria.find((criterion) => criterion.contains(event.target)) ?? criteria.find(open);
    const level = here?.querySelector(`input[value="${event.key}"]`);
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    const next = criteria.find(open);
    (next?.querySelector("input") ?? desk.querySelector("button[type=submit]")).focus();
  });
}
