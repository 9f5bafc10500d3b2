// The rota as an ARIA grid: one tab stop, arrows, letters set, Shift selects, copy, paste, undo, and what would be refused.

/** @typedef {{person: string, day: string, message: string, clause: string}} Fault */
const table = /** @type {HTMLTableElement | null} */ (document.getElementById("rota"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("rota-form"));
const tools = document.getElementById("rota-tools");
if (table && form && tools) start(table, form, tools);

function start(/** @type {HTMLTableElement} */ table, /** @type {HTMLFormElement} */ form, /** @type {HTMLElement} */ tools) {
  const rows = [...table.tBodies[0].rows].map((row) => /** @type {HTMLElement[]} */ ([...row.querySelectorAll("td[data-day]")]));
  const buttons = /** @type {HTMLButtonElement[]} */ ([...tools.querySelectorAll("[data-key]")]);
  const shown = new Map(buttons.map((one) => [one.dataset.code, one.dataset.shown ?? ""]));
  const keys = new Map(buttons.map((one) => [(one.dataset.key ?? "").toUpperCase(), one.dataset.code ?? ""]));
  const rest = new Set((table.dataset.rest ?? "").split(" "));
  const store = `rota ${new FormData(form).get("unit")} ${new FormData(form).get("month")}`;
  const undone = /** @type {Array<Array<[HTMLElement, string]>>} */ ([]);
  let copied = /** @type {string[][]} */ ([]);
  let at = [0, 0], anchor = [0, 0], timer = 0, asked = 0;
  const cells = () => rows.flat();
  const changed = () => cells().filter((cell) => cell.dataset.code !== cell.dataset.was);
  const works = (/** @type {HTMLElement} */ cell) => !rest.has(cell.dataset.code ?? "") && !(cell.classList.contains("off") && cell.dataset.code === cell.dataset.was);
  const person = (/** @type {HTMLElement} */ cell) => cell.closest("tr")?.dataset.person ?? "";

  function selected() {
    const [top, bottom] = [at[0], anchor[0]].sort((a, b) => a - b);
    const [left, right] = [at[1], anchor[1]].sort((a, b) => a - b);
    return rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  }
  function move(/** @type {number} */ row, /** @type {number} */ column, /** @type {boolean} */ extends_) {
    at = [Math.max(0, Math.min(rows.length - 1, row)), Math.max(0, Math.min(rows[0].length - 1, column))];
    if (!extends_) anchor = at;
    const chosen = new Set(selected().flat());
    for (const cell of cells()) { cell.tabIndex = -1; cell.setAttribute("aria-selected", String(chosen.has(cell))); }
    rows[at[0]][at[1]].tabIndex = 0;
    rows[at[0]][at[1]].focus();
  }
  function put(/** @type {HTMLElement} */ cell, /** @type {string} */ code) {
    cell.dataset.code = code;
    cell.textContent = code === "*" ? "*" : shown.get(code) ?? code.slice(0, 3);
    if (cell.classList.toggle("draft", code !== cell.dataset.was)) cell.setAttribute("aria-description", table.dataset.draft ?? ""); else cell.removeAttribute("aria-description");
  }
  function change(/** @type {Array<[HTMLElement, string]>} */ wished) {
    const real = wished.filter(([cell, code]) => cell.dataset.code !== code && (code !== "*" || cell.dataset.was === "*"));
    if (!real.length) return;
    undone.push(real.map(([cell]) => [cell, cell.dataset.code ?? ""]));
    for (const [cell, code] of real) put(cell, code);
    changedNow();
  }
  function undo() { for (const [cell, code] of undone.pop() ?? []) put(cell, code); changedNow(); }
  function changedNow() {
    const wish = changed().map((cell) => ({ person: person(cell), day: cell.dataset.day, code: cell.dataset.code }));
    /** @type {HTMLInputElement} */ (form.elements.namedItem("cells")).value = JSON.stringify(wish);
    sessionStorage.setItem(store, JSON.stringify(wish));
    for (const button of form.querySelectorAll("button")) button.disabled = wish.length === 0;
    for (const row of rows) {
      const [off, worked] = row[0].closest("tr")?.querySelectorAll("[data-count]") ?? [];
      off.textContent = String(row.filter((cell) => rest.has(cell.dataset.code ?? "")).length);
      worked.textContent = String(row.filter(works).length);
    }
    table.querySelectorAll("[data-heads]").forEach((foot, column) => { foot.textContent = String(rows.filter((row) => works(row[column])).length); });
    clearTimeout(timer);
    timer = window.setTimeout(check, 400);
  }
  async function check() {
    const mine = ++asked;
    const answer = await fetch(form.dataset.check ?? "", { method: "POST", body: new FormData(form) }).catch(() => null);
    if (mine !== asked || !answer?.ok || answer.redirected) return;
    show(await answer.json());
  }
  function show(/** @type {{faults: Fault[], said: string}} */ told) {
    for (const cell of cells()) cell.removeAttribute("aria-invalid");
    const list = document.getElementById("rota-faults"), said = document.getElementById("rota-said");
    if (!list || !said) return;
    said.textContent = told.said;
    list.replaceChildren(...told.faults.map((fault) => {
      for (const cell of cells()) if (cell.dataset.day === fault.day && person(cell) === fault.person) cell.setAttribute("aria-invalid", "true");
      const item = document.createElement("li");
      item.append(`${fault.message} `, Object.assign(document.createElement("a"), { href: `/clauses/${fault.clause}`, textContent: fault.clause, className: "clause" }));
      return item;
    }));
  }
  function type(/** @type {HTMLElement} */ cell) {
    const input = Object.assign(document.createElement("input"), { value: cell.dataset.code ?? "", maxLength: 32, ariaLabel: cell.dataset.day });
    cell.replaceChildren(input);
    input.select();
    const end = (/** @type {boolean} */ takes) => {
      const code = takes ? input.value.trim() : cell.dataset.code ?? "";
      put(cell, cell.dataset.code ?? "");
      if (takes) change([[cell, code]]);
      cell.focus();
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229 || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      end(event.key === "Enter");
    });
  }
  function pressed(/** @type {KeyboardEvent} */ event) {
    const key = event.key, [row, column] = at, wide = event.shiftKey;
    if (event.ctrlKey || event.metaKey) {
      if (key === "z") undo();
      else if (key === "c" || key === "x") { copied = selected().map((line) => line.map((cell) => cell.dataset.code ?? "")); if (key === "x") set(""); }
      else if (key === "v") paste(row, column);
      else if (key === "Home") move(0, 0, wide);
      else if (key === "End") move(rows.length - 1, rows[0].length - 1, wide);
      else return false;
      return true;
    }
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
    if (step) move(row + step[0], column + step[1], wide);
    else if (key === "Home") move(row, 0, wide);
    else if (key === "End") move(row, rows[0].length - 1, wide);
    else if (key === "Delete" || key === "Backspace") set("");
    else if (key === "Enter" || key === "F2") type(rows[row][column]);
    else if (key === "Escape") move(row, column, false);
    else if (keys.has(key.toUpperCase()) && key.length === 1 && !event.altKey) set(keys.get(key.toUpperCase()) ?? "");
    else return false;
    return true;
  }
  function set(/** @type {string} */ code) { change(selected().flat().map((cell) => [cell, code])); }
  function paste(/** @type {number} */ row, /** @type {number} */ column) {
    change(copied.flatMap((line, down) => line.flatMap((code, right) => {
      const cell = rows[row + down]?.[column + right];
      return cell ? /** @type {Array<[HTMLElement, string]>} */ ([[cell, code]]) : [];
    })));
  }
  const place = (/** @type {EventTarget | null} */ target) => {
    const row = rows.findIndex((line) => line.some((cell) => cell === target));
    return row < 0 ? null : [row, rows[row].findIndex((cell) => cell === target)];
  };
  table.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || !place(event.target)) return;
    if (pressed(event)) { event.preventDefault(); event.stopPropagation(); }
  });
  table.addEventListener("mousedown", (event) => { const to = place(event.target); if (to) { event.preventDefault(); move(to[0], to[1], event.shiftKey); } });
  table.addEventListener("mouseover", (event) => { const to = event.buttons === 1 ? place(event.target) : null; if (to) move(to[0], to[1], true); });
  table.addEventListener("dblclick", (event) => { const to = place(event.target); if (to) type(rows[to[0]][to[1]]); });
  for (const button of tools.querySelectorAll("button")) button.addEventListener("click", () => {
    if (button.dataset.code === undefined) undo(); else set(button.dataset.code);
    rows[at[0]][at[1]].focus();
  });
  document.getElementById("rota-drop")?.addEventListener("click", () => { change(changed().map((cell) => [cell, cell.dataset.was ?? ""])); });
  tools.hidden = false;
  for (const one of JSON.parse(sessionStorage.getItem(store) ?? "[]"))
    for (const cell of cells()) if (cell.dataset.day === one.day && person(cell) === one.person) put(cell, one.code);
  changedNow();
}
