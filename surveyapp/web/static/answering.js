/* Keeps answers while they are given, so that nobody loses one. What is not kept yet is only on the page itself: nothing
 * is stored in the browser. Without this script every button of the page keeps the same answers. */

import { comfort } from "./comforts.js";
import { bar, fill, form, say, words } from "./page.js";

const AFTER_A_KEY = 700; // milliseconds without a key before words are sent
const AT_LEAST_EVERY = 3_000; // milliseconds, for who goes on typing
const LONGEST_PAUSE = 20_000; // milliseconds between two attempts
const NO_ANSWER = 15_000; // milliseconds after which an attempt has failed
const STILL_FRESH = 5_000; // milliseconds in which the connection is taken to be there still
const TYPED = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])";
const ALWAYS = new Set(["language", "was", "csrf_token"]);

const changed = new Set(); // questions that the server does not have as they stand here
const refused = new Set(); // questions that the server cannot keep as they stand here
const mistakes = new Map(); // question -> sentences that wait until it is left, by key of an answer
let underway = new Set(); // the questions in the request that is under way
let busy = false;
let failed = 0; // attempts in a row
let trouble = ""; // why they failed: "offline" or "unwell"
let timer = 0;
let since = 0; // when the change that waits longest was made
let heard = Date.now(); // when the server last answered
let saved = ""; // the time of day
let stopped = false; // the server takes no answers any more
let onward = null; // the button that waits until everything is kept
let sure = false; // everything is kept: the button may do its work
let leaving = false;
let announced = "";
let pressed = null; // until the finger or the button that is down comes up

const question = (key) => form.querySelector(`[data-question="${key}"]`);
const keyOf = (element) => element.closest?.("[data-question]")?.dataset.question;
const unsaved = () => new Set([...changed, ...underway]);

function numbers(keys) {
  return [...keys].map((key) => question(key)?.querySelector(".number")?.textContent.replace(".", "").trim() || "?");
}

/* --- what the visitor reads about it ----------------------------------------------------------------------------- */

function state() {
  if (stopped) return "stopped";
  if (trouble && (changed.size || underway.size || onward)) return trouble;
  if (changed.size || busy) return "saving";
  if (refused.size) return "wrong";
  return saved ? "saved" : "idle";
}

function tell() {
  const now = state();
  const sentence = fill(words[now], { time: saved, questions: numbers(refused).join(", ") });
  const text = trouble === now && onward ? `${sentence} ${words.onward}` : sentence;
  const line = bar.querySelector("p");
  if (line.textContent !== text) line.textContent = text;
  bar.dataset.state = now;
  if (now === announced || now === "saving" || now === "idle") return;
  announced = now;
  if (now !== "stopped") say(text);
}

function notice(sentences, go) {
  if (!sentences.length) return;
  const items = sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence }));
  if (go) {
    const link = Object.assign(document.createElement("a"), { href: go, textContent: words.go });
    link.className = "utrecht-link utrecht-link--html-a";
    items.at(-1).append(" ", link);
  }
  bar.querySelector("ul").replaceChildren(...items);
  say(sentences.join(" "));
}

/* --- sending ----------------------------------------------------------------------------------------------------- */

function fields(keys) {
  const names = new Set(ALWAYS);
  for (const key of keys) for (const control of question(key).querySelectorAll("[name]")) names.add(control.name);
  const body = new URLSearchParams([...new FormData(form)].filter(([name]) => names.has(name)));
  for (const key of keys) if (question(key).matches(".question--wrong")) body.append("wrong", key);
  return body;
}

function change(key, wait) {
  if (!key) return;
  if (!changed.size) since = Date.now();
  changed.add(key);
  sendIn(Math.min(wait, Math.max(0, since + AT_LEAST_EVERY - Date.now())));
  tell();
}

function sendIn(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

/* What is under a finger must not move until the click that comes of it has been heard. */
function press() {
  pressed ??= new Promise((done) => {
    const release = () => setTimeout(done);
    for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, release, { once: true });
  }).then(() => {
    pressed = null;
    showMistakes();
  });
}

/* What the server says, or the trouble: "unwell" and "signedout" pass, as does no connection, which is an error. */
async function ask(body) {
  const patience = new AbortController();
  const alarm = setTimeout(() => patience.abort(), NO_ANSWER);
  const headers = { Accept: "application/json" };
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body, headers, signal: patience.signal });
    const said = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.redirected) return { trouble: "signedout" };
    if (said && answer.status < 500) return { trouble: "", ok: answer.ok, reply: await answer.json() };
    if (answer.status === 400) await renew();
    return { trouble: "unwell" };
  } finally {
    clearTimeout(alarm);
  }
}

async function save() {
  clearTimeout(timer);
  if (busy || stopped) return;
  busy = true;
  underway = new Set(changed);
  changed.clear();
  tell();
  try {
    const answer = await ask(fields(underway));
    await pressed;
    if (answer.ok) await accept(answer.reply);
    else if (answer.reply) refuse(answer.reply);
    trouble = answer.trouble;
  } catch {
    trouble = "offline";
  }
  if (trouble) {
    underway.forEach((key) => changed.add(key));
    since = Date.now();
  }
  failed = trouble ? failed + 1 : 0;
  underway = new Set();
  busy = false;
  next();
}

function next() {
  tell();
  if (trouble) sendIn(Math.min(LONGEST_PAUSE, 1_000 * 2 ** (failed - 1)));
  else if (changed.size && !stopped) sendIn(onward ? 0 : AFTER_A_KEY);
  else if (onward) {
    sure = true;
    form.requestSubmit(onward);
  }
}

async function accept(reply) {
  heard = Date.now();
  if (reply.elsewhere.length) await refresh(reply.elsewhere);
  form.elements.was.value = reply.was;
  if (reply.saved) saved = reply.saved;
  for (const key of underway) {
    if (reply.refused.includes(key)) refused.add(key);
    else refused.delete(key);
    mistakes.set(key, Object.entries(reply.problems).filter(([name]) => name.split(".")[0] === key));
  }
  showMistakes();
  const more = show(reply.shown);
  step(reply.step);
  const unread = more && onward?.value === "continue" ? [...reply.notices, words.more] : reply.notices;
  if (unread.length) onward = null;
  notice(unread);
}

function refuse(reply) {
  onward = null;
  notice(reply.notices, reply.go);
  if (reply.go) stopped = true;
  else underway.forEach((key) => refused.add(key));
}

/* --- what the answer changes on the page ------------------------------------------------------------------------- */

function show(keys) {
  const shown = new Set(keys);
  const before = Array.from(form.querySelectorAll("[data-question]:not([hidden])"), keyOf);
  const more = keys.some((key) => !before.includes(key));
  const held = document.activeElement;
  const { top, bottom } = held.getBoundingClientRect();
  const seen = held.matches(":focus-visible") && top >= 0 && bottom <= innerHeight;
  let number = 0;
  for (const found of form.querySelectorAll("[data-question]")) {
    found.hidden = !shown.has(found.dataset.question);
    const label = found.querySelector(".number");
    if (label && !found.hidden) label.textContent = `${(number += 1)}.`;
  }
  for (const group of form.querySelectorAll(".matrix")) {
    group.hidden = !group.querySelector("[data-question]:not([hidden])");
  }
  if (seen) held.scrollIntoView({ block: "nearest" });
  if (more) say(words.more);
  else if (shown.size < before.length) say(words.fewer);
  return more;
}

function step({ sentence, number, most }) {
  const line = document.getElementById("step");
  if (!line) return; // a colleague has one section and no steps
  document.title = document.title.replace(line.textContent, sentence);
  line.textContent = sentence;
  Object.assign(document.querySelector("progress"), { max: most, value: number });
}

/* Of the question in which somebody is busy nothing is said yet, except that it is right now. */
function showMistakes() {
  if (pressed) return;
  for (const [key, found] of mistakes) {
    const place = question(key);
    if (found.length && place.contains(document.activeElement)) continue;
    mistakes.delete(key);
    for (const line of place.querySelectorAll(".utrecht-form-field-error-message")) clear(place, line);
    place.classList.toggle("question--wrong", found.length > 0);
    for (const [name, sentence] of found) mark(place, name, sentence);
  }
}

function clear(place, line) {
  for (const element of [place, ...place.querySelectorAll("[aria-describedby]")]) describe(element, line.id, false);
  for (const control of place.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  line.remove();
  const summary = document.getElementById("errors");
  summary?.querySelector(`[href="#${line.id.replace("e-", "q-")}"]`)?.closest("li").remove();
  const left = summary?.querySelectorAll("li").length ?? 0;
  if (left) summary.querySelector("h2").textContent = fill(words.mistakes, { number: left });
  else summary?.remove();
  if (!left) document.title = document.title.replace(words.mistake, "").trim();
}

function mark(place, name, sentence) {
  const line = document.getElementById("mistake").content.firstElementChild.cloneNode();
  const control = document.getElementById(`q-${name}`);
  const whole = place.matches("fieldset") && !name.includes(".");
  line.id = `e-${name}`;
  line.textContent = sentence;
  (document.getElementById(`h-${name}`) ?? (whole ? place.querySelector("legend") : control.labels[0])).after(line);
  describe(whole ? place : control, line.id, true);
  for (const typed of whole ? place.querySelectorAll(`${TYPED}, select`) : [control]) {
    if (!typed.name.includes(".") || !whole) typed.setAttribute("aria-invalid", "true");
  }
}

function describe(element, id, wanted) {
  const others = (element.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((name) => name && name !== id);
  const ids = wanted ? [...others, id] : others;
  if (ids.length) element.setAttribute("aria-describedby", ids.join(" "));
  else element.removeAttribute("aria-describedby");
}

/* The page as the server would show it now. */
async function current() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/* The proof that a form is ours, where somebody has to sign in, does not last as long as a page stays open. */
async function renew() {
  const proof = (await current()).querySelector("[name=csrf_token]");
  if (proof && form.elements.csrf_token) form.elements.csrf_token.value = proof.value;
}

/* Questions that were answered in another window. */
async function refresh(keys) {
  const page = await current();
  for (const key of new Set(keys)) {
    const theirs = page.querySelector(`[data-question="${key}"]`);
    if (!theirs || changed.has(key) || !question(key)) continue;
    const focused = question(key).contains(document.activeElement);
    question(key).replaceWith(document.importNode(theirs, true));
    if (focused) document.getElementById(`q-${key}`)?.focus();
  }
  form.dispatchEvent(new Event("refreshed"));
}

/* --- coming and going -------------------------------------------------------------------------------------------- */

function submit(event) {
  if (leaving) return event.preventDefault();
  const fresh = navigator.onLine && Date.now() - heard < STILL_FRESH;
  if (stopped || sure || (fresh && !busy && !changed.size)) {
    sure = false;
    onward = null;
    leaving = true;
    setTimeout(() => (leaving = false), NO_ANSWER);
    return undefined;
  }
  event.preventDefault();
  onward = event.submitter;
  return save();
}

function leave() {
  if (stopped || !unsaved().size) return;
  fetch(form.dataset.keep, { method: "POST", body: fields(unsaved()), keepalive: true }).catch(() => {});
}

function comeBack(event) {
  leaving = false;
  if (!event.persisted) return;
  if (unsaved().size) save();
  else location.reload();
}

function edited(control) {
  if (control.matches("select")) return control.value !== (control.querySelector("[selected]")?.value ?? control.options[0].value);
  return control.matches("[type=radio], [type=checkbox]")
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

function begin() {
  bar.hidden = false;
  form.addEventListener("input", (event) => change(keyOf(event.target), event.target.matches(TYPED) ? AFTER_A_KEY : 0));
  form.addEventListener("change", () => (changed.size ? sendIn(0) : undefined));
  form.addEventListener("focusout", () => setTimeout(showMistakes));
  form.addEventListener("submit", submit);
  addEventListener("pointerdown", press);
  addEventListener("online", () => (trouble ? save() : undefined));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", comeBack);
  document.addEventListener("visibilitychange", () => (document.hidden && changed.size ? save() : undefined));
  addEventListener("beforeunload", (event) => {
    if (!stopped && !leaving && (unsaved().size || refused.size)) event.preventDefault();
  });
  for (const control of form.querySelectorAll("[data-question] [name]:not([type=hidden])")) {
    if (edited(control)) change(keyOf(control), 0);
  }
  document.getElementById("errors")?.focus();
  tell();
}

if (form && bar) {
  comfort();
  if (form.dataset.keep) begin();
}
