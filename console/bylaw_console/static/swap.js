// Links with `data-swap="id"` replace that part of the page alone; without this file they are plain links.

/** @param {string} address @param {string} id */
async function swap(address, id) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.getElementById(id);
  const present = document.getElementById(id);
  // A session that ended answers another page: show that one whole instead of pasting it into a panel.
  if (!part || !present || answer.redirected) {
    location.assign(answer.redirected ? answer.url : address);
    return;
  }
  present.replaceWith(part);
  document.title = page.title;
  part.setAttribute("tabindex", "-1");
  part.focus({ preventScroll: false });
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-swap]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  history.pushState({ swap: link.dataset.swap, back: link.id }, "", link.href);
  swap(link.href, link.dataset.swap ?? "");
});
window.addEventListener("popstate", () => { location.reload(); });
