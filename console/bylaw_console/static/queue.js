// A queue worked by keys: j and k move, x selects, Enter opens beside the list, r releases what is selected, f goes to the fix.

const typing = (/** @type {EventTarget | null} */ place) =>
  place instanceof HTMLElement && (place.isContentEditable || /^(TEXTAREA|SELECT)$/.test(place.tagName)
    || (place instanceof HTMLInputElement && place.type !== "checkbox"));

const rows = () => [...document.querySelectorAll("tr[data-row]")];

/** The row in which the focus is, or the one that is open; -1: none. @param {Element[]} all */
function present(all) {
  const inside = all.findIndex((row) => row.contains(document.activeElement));
  return inside >= 0 ? inside : all.findIndex((row) => row.getAttribute("aria-current") === "true");
}

/** @param {number} step */
function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = Math.min(Math.max(present(all) + step, 0), all.length - 1);
  all[at].querySelector("a[data-swap]")?.focus();
  all[at].scrollIntoView({ block: "nearest" });
}

function toggle() {
  const all = rows();
  const box = all[present(all)]?.querySelector("input[type=checkbox]");
  if (box instanceof HTMLInputElement) {
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** How many are selected stands on the button. */
function count() {
  const chosen = document.querySelectorAll("tr[data-row] input:checked").length;
  for (const button of document.querySelectorAll("[data-count]")) {
    const place = button.querySelector(".chosen-count");
    if (place) place.textContent = chosen ? ` ${chosen}` : "";
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x") toggle();
  else if (event.key === "r") document.querySelector("[data-count]")?.click();
  else if (event.key === "f") document.querySelector("#beside [data-first]")?.focus();
  else return;
  event.preventDefault();
});
document.addEventListener("change", (event) => {
  const all = event.target;
  if (all instanceof HTMLInputElement && all.dataset.all !== undefined)
    for (const box of document.querySelectorAll("tr[data-row] input[type=checkbox]"))
      if (box instanceof HTMLInputElement) box.checked = all.checked;
  count();
});
// The row that is open is marked, whichever way it was opened.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("tr[data-row] a[data-swap]") : null;
  if (!link) return;
  for (const row of rows()) row.toggleAttribute("aria-current", false);
  link.closest("tr")?.setAttribute("aria-current", "true");
});
count();
