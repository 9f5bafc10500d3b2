// A box that picks all of its form at once; it shows itself only where this runs, for without it there is nothing to do for it.

for (const all of document.querySelectorAll("input[data-picks]")) {
  if (!(all instanceof HTMLInputElement) || !all.form) continue;
  const boxes = () => [...(all.form?.querySelectorAll(`input[type=checkbox][name="${all.dataset.picks}"]`) ?? [])]
    .filter((box) => box instanceof HTMLInputElement);
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
  all.form.addEventListener("change", () => {
    const picked = boxes().filter((box) => box.checked).length;
    all.checked = picked > 0 && picked === boxes().length;
    all.indeterminate = picked > 0 && !all.checked;
  });
}
