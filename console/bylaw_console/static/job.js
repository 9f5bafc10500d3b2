// Long work looks after itself: while #job says that it runs, the page asks again after 1, 2, 5 and then every 10 seconds.

const WAITS = [1000, 2000, 5000, 10000];

/** @param {number} turn */
function later(turn) {
  if (!document.getElementById("job")?.hasAttribute("data-running")) return;
  setTimeout(() => look(turn), WAITS[Math.min(turn, WAITS.length - 1)]);
}

/** @param {number} turn */
async function look(turn) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer) { later(turn + 1); return; }
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
  const present = document.getElementById("job");
  // It has ended, or the session has: the whole page is what there is to see then.
  if (!part || !present || answer.redirected || !part.hasAttribute("data-running")) { location.reload(); return; }
  present.replaceWith(part);
  later(turn + 1);
}

later(0);
