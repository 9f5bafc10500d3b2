// Keys that work on every page: `/` finds, `?` helps, `g` and a number goes. None while somebody types or composes.

const typing = (/** @type {EventTarget | null} */ place) =>
  place instanceof HTMLElement && (place.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName));

let going = false;

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (going) {
    going = false;
    const links = document.querySelectorAll(".places a");
    const link = links[Number(event.key) - 1];
    if (link instanceof HTMLAnchorElement) link.click();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  } else if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help instanceof HTMLDialogElement) help.showModal();
  } else if (event.key === "g") {
    going = true;
    setTimeout(() => { going = false; }, 1500);
  }
});

// A menu closes with Escape and with a click beside it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account[open]"))
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.account[open]")) menu.removeAttribute("open");
});
