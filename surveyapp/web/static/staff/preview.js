/* Shows how a text reads while it is typed. Nothing is kept by it, and without it there is a button that does the same. */

const PAUSE = 500; // milliseconds without typing after which it is asked for
const PATIENCE = 15_000; // milliseconds

const form = document.getElementById("writing");
const address = new URL(document.getElementById("show").formAction);
address.searchParams.set("part", "own");
let timer = 0;
let asked = new AbortController();

async function show() {
  asked.abort();
  asked = new AbortController();
  try {
    const signal = AbortSignal.any?.([asked.signal, AbortSignal.timeout(PATIENCE)]) ?? asked.signal;
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error", signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const own = page.getElementById("own");
    if (own) document.getElementById("own").replaceWith(document.adoptNode(own));
  } catch {
    // no connection, or typed on meanwhile: it is asked for again when more is typed
  }
}

document.getElementById("text").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE);
});
