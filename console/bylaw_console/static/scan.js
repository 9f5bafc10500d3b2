// A scanner types into one field and ends with Enter or Tab. Each scan gets a key of its own and waits its turn: first in,
// first out; what could not be sent is kept, through a sign-in too. Every answer is heard, seen and said.

/** @typedef {{ key: string, body: [string, string][] }} Scan */

const SEPARATOR = "\x1d";
const AGAIN_MS = 3000;

/** Full-width characters made narrow, control characters gone but for GS1's separator. @param {string} typed */
const cleaned = (typed) =>
  [...typed.normalize("NFKC")].filter((one) => one === SEPARATOR || !/\p{Cc}/u.test(one)).join("").trim();

/** Plain http on a local network has no crypto.randomUUID. */
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

/** @type {AudioContext | undefined} */
let sound;

/** High and short is good, low and long is not. @param {boolean} good */
function beep(good) {
  // Before anybody touched the page no sound is allowed, and asking for it is complained about.
  if (!navigator.userActivation?.hasBeenActive) return;
  sound ??= new AudioContext();
  const tone = sound.createOscillator(), loud = sound.createGain();
  tone.frequency.value = good ? 1320 : 196;
  loud.gain.value = 0.2;
  tone.connect(loud).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + (good ? 0.07 : 0.35));
}

/** A scan ends with Enter or Tab, never by timing. @param {HTMLFormElement} form @param {() => void} take */
function listen(form, take) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));
  const keyboard = /** @type {HTMLButtonElement} */ (form.querySelector("[data-scan-keyboard]"));
  field.inputMode = "none";
  keyboard.hidden = false;
  keyboard.addEventListener("click", () => {
    const typing = field.inputMode === "none";
    field.inputMode = typing ? "text" : "none";
    keyboard.setAttribute("aria-pressed", String(typing));
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    // Enter that confirms a candidate of an input method is no end of a scan.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && field.value)) { event.preventDefault(); take(); }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); take(); });
  field.focus();
  return field;
}

/** A scan that leads to its page. @param {HTMLFormElement} form */
function leader(form) {
  const field = listen(form, () => {
    field.value = cleaned(field.value);
    if (field.value) form.submit();
  });
}

/** @param {HTMLFormElement} form */
function scanner(form) {
  const told = /** @type {HTMLElement} */ (form.querySelector("[data-scan-answer]"));
  const store = `scans:${form.action}`;
  /** @type {Scan[]} */
  const queue = JSON.parse(sessionStorage.getItem(store) ?? "[]");
  let busy = false;

  const keep = () => sessionStorage.setItem(store, JSON.stringify(queue));
  /** @param {string} tone @param {string} words */
  const tell = (tone, words) => { told.dataset.tone = tone; told.textContent = words; };

  /** Shows an answer; whether it was one. @param {Response} answer */
  async function show(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.getElementById(form.dataset.live ?? "");
    const present = document.getElementById(form.dataset.live ?? "");
    if (!part || !present) return false;
    present.replaceWith(part);
    const refusal = page.querySelector(".refusal");
    const words = (refusal?.querySelector("p") ?? page.querySelector(".said"))?.textContent?.trim() ?? "";
    const tone = refusal ? "bad" : part.dataset.tone || "good";
    tell(tone, words);
    beep(tone === "good");
    return true;
  }

  async function drain() {
    if (busy) return;
    busy = true;
    try {
      while (queue.length) {
        const body = new URLSearchParams(queue[0].body);
        body.set("csrf_token", /** @type {HTMLInputElement} */ (form.elements.namedItem("csrf_token")).value);
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html", "X-Scan": "1" } });
        // A session that ended answers the sign-in: go there; what waits is kept, and sent on the way back.
        if (answer.redirected && new URL(answer.url).pathname === "/sign-in") { location.assign(answer.url); return; }
        if (!(await show(answer))) throw new Error("fault");
        queue.shift();
        keep();
      }
    } catch (error) {
      const words = error instanceof Error && error.message === "fault" ? form.dataset.saidFault : form.dataset.saidOffline;
      tell("bad", `${words} ${form.dataset.saidWaiting?.replace("{n}", String(queue.length))}`);
      beep(false);
      setTimeout(drain, AGAIN_MS);
    } finally { busy = false; }
    field.focus({ preventScroll: true });
  }

  function take() {
    const code = cleaned(field.value);
    field.value = "";
    if (!code) return;
    const key = newKey();
    const body = /** @type {[string, string][]} */ ([...new FormData(form)].filter(([name]) => name !== "code" && name !== "request_id"));
    queue.push({ key, body: [...body, ["code", code], ["request_id", key]] });
    keep();
    for (const once of form.querySelectorAll("[data-once]")) if (once instanceof HTMLInputElement) once.value = "";
    drain();
  }

  const field = listen(form, take);
  addEventListener("online", drain);
  // Nothing else is done on this page while a scan waits: a count is not finished without it.
  document.addEventListener("submit", (event) => {
    if (event.target === form || !queue.length) return;
    event.preventDefault();
    tell("bad", form.dataset.saidWaiting?.replace("{n}", String(queue.length)) ?? "");
    drain();
  });
  drain();
}

for (const form of document.querySelectorAll("form[data-scan]")) if (form instanceof HTMLFormElement) scanner(form);
for (const form of document.querySelectorAll("form[data-scan-go]")) if (form instanceof HTMLFormElement) leader(form);
