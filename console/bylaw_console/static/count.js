// Counting on a phone whose connection drops: each entry is in the browser's own database before it shows as counted, and is
// sent with its own key until the service has it. Nothing is dropped; what was refused stays to be seen.

/** @typedef {{ key: string, of: string, state: string, words: string, time: number, behind: number, body: [string, string][], label: string }} Entry */
/** @typedef {{ place: string, item: string, code: string, name: string, lot: string, state: string, is_counted: boolean }} Line */

const EVERY_MS = 15000, KEPT_MS = 30 * 24 * 3600 * 1000, DB = "bylaw-counts", STORE = "entries";
const board = /** @type {HTMLElement} */ (document.querySelector("[data-count]"));
const words = board.dataset;
const rows = /** @type {HTMLElement} */ (board.querySelector("[data-count-lines]"));
const shape = /** @type {HTMLTemplateElement} */ (board.querySelector("template"));
const select = /** @type {HTMLSelectElement} */ (board.querySelector("select[name=place]"));
/** @type {Line[]} */
const lines = JSON.parse(board.querySelector("script[type='application/json']")?.textContent ?? "[]");
const loaded = Date.now();
/** By how much this device's clock is behind the service's: an entry is sent again with the very instant of the first time. */
const behind = Number(words.now) - loaded;
let draining = false;

/** Plain http on a local network has no crypto.randomUUID. */
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

/** @returns {Promise<IDBDatabase>} */
const opened = new Promise((done, failed) => {
  const wish = indexedDB.open(DB, 1);
  wish.onupgradeneeded = () => wish.result.createObjectStore(STORE, { keyPath: "key" });
  wish.onsuccess = () => done(wish.result);
  wish.onerror = () => failed(wish.error);
});

/** Settles once the change is on the device, not before. @param {(store: IDBObjectStore) => void} change */
async function change(change) {
  const changing = (await opened).transaction(STORE, "readwrite");
  change(changing.objectStore(STORE));
  await new Promise((done, failed) => { changing.oncomplete = () => done(null); changing.onabort = () => failed(changing.error); });
}

/** @returns {Promise<Entry[]>} */
async function entries() {
  const wish = (await opened).transaction(STORE).objectStore(STORE).getAll();
  await new Promise((done, failed) => { wish.onsuccess = () => done(null); wish.onerror = () => failed(wish.error); });
  return /** @type {Entry[]} */ (wish.result).filter((one) => one.of === words.count).sort((a, b) => a.time - b.time);
}

async function show() {
  const all = await entries(), of = (/** @type {string} */ state) => all.filter((one) => one.state === state);
  const state = /** @type {HTMLElement} */ (board.querySelector("[data-count-state]"));
  state.textContent = (words.saidState ?? "").replace("{stored}", String(all.length)).replace("{waiting}", String(of("waiting").length));
  state.dataset.tone = of("refused").length ? "bad" : of("waiting").length ? "wait" : "good";
  const list = /** @type {HTMLElement} */ (board.querySelector("[data-count-refused]"));
  list.replaceChildren(...of("refused").map((one) => {
    const row = document.createElement("li"), drop = document.createElement("button");
    row.textContent = `${words.saidRefused} ${one.label}: ${one.words} `;
    Object.assign(drop, { type: "button", className: "btn btn-outline-danger btn-sm", textContent: words.saidDrop });
    drop.addEventListener("click", async () => { await change((store) => store.delete(one.key)); show(); });
    row.append(drop);
    return row;
  }));
  const blocked = document.querySelector("[data-count-blocked]");
  if (blocked && all.every((one) => one.state === "sent")) blocked.textContent = "";
  return all;
}

async function render() {
  const all = await show();
  rows.replaceChildren(...lines.filter((one) => one.place === select.value).map((one) => {
    const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (shape.content.cloneNode(true)).firstElementChild);
    const form = /** @type {HTMLFormElement} */ (row.querySelector("form"));
    for (const [name, value] of Object.entries({ place: one.place, item: one.item, lot: one.lot })) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    for (const part of row.querySelectorAll("[data-show]")) part.textContent = String(one[/** @type {keyof Line} */ (/** @type {HTMLElement} */ (part).dataset.show)] ?? "");
    row.classList.toggle("counted", one.is_counted);
    const own = all.filter((entry) => JSON.stringify(entry.body.slice(0, 3)) === JSON.stringify([["place", one.place], ["item", one.item], ["lot", one.lot]])).pop();
    // What was sent before this page was loaded is told by the page itself.
    if (own && (own.state === "waiting" || own.time > loaded)) mark(row, own);
    return row;
  }));
}

/** @param {Element} row @param {Entry} entry */
function mark(row, entry) {
  const told = /** @type {HTMLElement} */ (row.querySelector("[data-show=state]"));
  const body = Object.fromEntries(entry.body);
  told.textContent = `${words.saidCounted} ${body.quantity}${body.damaged ? ` + ${body.damaged} ${words.saidDamaged}` : ""}`;
  row.classList.add("counted");
}

/** @param {SubmitEvent} event */
async function count(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("countForm" in form.dataset)) return;
  event.preventDefault();
  const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).normalize("NFKC").trim()]));
  const line = lines.find((one) => one.item === given.item && one.lot === given.lot && one.place === select.value);
  const body = /** @type {[string, string][]} */ (["place", "item", "lot", "code", "quantity", "damaged"].map((name) => [name, name === "place" ? select.value : given[name] ?? ""]));
  const entry = { key: newKey(), of: words.count ?? "", state: "waiting", words: "", time: Date.now(), behind, body, label: `${line?.code ?? given.code} ${given.quantity}` };
  try { await change((store) => store.put(entry)); } catch { form.submit(); return; }
  const row = form.closest("[data-count-row]");
  if (row) mark(row, entry); else form.reset();
  await show();
  const next = (row?.nextElementSibling ?? form).querySelector("input:not([type=hidden])");
  if (next instanceof HTMLInputElement) next.focus();
  drain();
}

async function drain() {
  if (draining) return;
  draining = true;
  try {
    for (const entry of (await entries()).filter((one) => one.state === "waiting")) {
      const body = new URLSearchParams([...entry.body, ["counted_ms", String(entry.time + entry.behind)], ["request_id", entry.key], ["csrf_token", words.token ?? ""]]);
      const answer = await fetch(words.action ?? "", { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.headers.get("Content-Type")?.startsWith("application/json") !== true) break;
      const told = await answer.json();
      await change((store) => store.put({ ...entry, state: told.stored ? "sent" : "refused", words: told.refused ?? "" }));
    }
  } catch { /* No connection: what waits is on the device and goes with the next try. */ } finally { draining = false; }
  await show();
}

/** Nothing is handed on while an entry is on this device alone. @param {SubmitEvent} event */
async function handOn(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("needsSent" in form.dataset)) return;
  event.preventDefault();
  await drain();
  const left = (await entries()).filter((one) => one.state !== "sent").length;
  const told = form.querySelector("[data-count-blocked]");
  if (left && told) { told.textContent = (words.saidBlocked ?? "").replace("{n}", String(left)); return; }
  form.submit();
}

async function begin() {
  const old = (await entries()).filter((one) => one.state === "sent" && one.time < Date.now() - KEPT_MS);
  await change((store) => { for (const one of old) store.delete(one.key); });
  await render();
  board.addEventListener("submit", count);
  document.addEventListener("submit", handOn);
  select.addEventListener("change", render);
  addEventListener("online", drain);
  setInterval(drain, EVERY_MS);
  drain();
}

// Where the browser keeps nothing (a private window), the forms are plain ones and are sent as they are.
begin().catch(() => {});
