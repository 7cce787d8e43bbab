/* Counts again while somebody looks: asks for the page that is open, and puts the part that changes in its place.
 * Nothing is announced and nothing moves: focus and sideways scrolling stay, and who is selecting text is let be. */

const AT_MOST = 3_600_000; // milliseconds after which somebody has left it open rather than looks at it
const PATIENCE = 15_000; // milliseconds

const began = Date.now();
const links = document.getElementById("refreshing");
const shown = () => document.getElementById("fresh");
const ends = "ends" in (shown()?.dataset ?? {});
let timer = 0;

function stop() {
  clearInterval(timer);
  document.removeEventListener("visibilitychange", again);
  links.querySelector("[data-with-script]")?.setAttribute("hidden", "");
  links.querySelector("[data-stopped]").hidden = false;
}

/* Somebody is busy in there. */
function selecting() {
  const selection = getSelection();
  return !selection.isCollapsed && shown().contains(selection.anchorNode);
}

/* What the visitor did to the part that goes: opened, scrolled, focused. All of it has a name. */
function keep(before, after) {
  for (const old of before.querySelectorAll("details[id][open]")) after.querySelector(`#${old.id}`)?.setAttribute("open", "");
  const scrolled = [...before.querySelectorAll(".scroll[id]")].map((old) => [old.id, old.scrollLeft]);
  const focused = before.contains(document.activeElement) ? document.activeElement.id : "";
  before.replaceWith(after);
  for (const [id, left] of scrolled) if (left) after.querySelector(`#${id}`)?.scrollTo(left, 0);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function again() {
  if (Date.now() - began > AT_MOST) return stop();
  if (document.hidden || selecting()) return;
  try {
    const answer = await fetch(location.href, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (ends && answer.type === "opaqueredirect") return location.reload();
    if (!answer.ok) return answer.status >= 500 ? undefined : stop();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("fresh");
    if (ends && !fresh) return location.reload();
    if (fresh && !selecting()) keep(shown(), document.adoptNode(fresh));
  } catch {
    // no connection: the next time there may be one
  }
}

const every = Number(shown()?.dataset.every);
if (every && links) {
  links.querySelector("[data-with-script]")?.removeAttribute("hidden");
  timer = setInterval(again, every * 1_000);
  document.addEventListener("visibilitychange", again);
}
