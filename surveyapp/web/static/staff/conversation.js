/* Keeps what is noted in a conversation while it is written, also when the network is away. What the server does not have
 * yet stands on this device, encrypted with a key that the server gave to this page and that is kept nowhere else; it is
 * wiped as soon as the server has it. Signing out wipes it too: the server then tells the browser to. */

const AFTER_A_KEY = 700; // milliseconds without a key before it is sent
const LONGEST_PAUSE = 15_000; // milliseconds between two attempts
const NO_ANSWER = 15_000; // milliseconds after which an attempt has failed
const STORE = "writes";

const form = document.getElementById("notes");
const line = document.getElementById("keeping");
const words = line.dataset;
const place = form.dataset.place;
const pending = new Map(); // id -> what the server does not have as it stands here
const sent = new Map(); // id -> the words that were sent without an answer
let timer = 0;
let busy = false;
let failed = 0;
let trouble = "";
let saved = "";
let leaving = false;
let key = null;
let shelf = null;

/* --- on this device ---------------------------------------------------------------------------------------------- */

const whenDone = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

async function openShelf() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return;
  const raw = Uint8Array.from(atob(form.dataset.key), (letter) => letter.charCodeAt(0));
  key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const asked = indexedDB.open("interview-notes", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "at" });
  shelf = await whenDone(asked);
}

const writes = (mode) => shelf.transaction(STORE, mode).objectStore(STORE);

async function shelve(id) {
  if (!shelf) return;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify({ ...pending.get(id), sent: sent.get(id) ?? null }));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text);
  if (pending.has(id)) await whenDone(writes("readwrite").put({ at: `${place} ${id}`, iv, sealed }));
}

async function wipe(id) {
  if (shelf) await whenDone(writes("readwrite").delete(`${place} ${id}`));
}

async function unshelve() {
  if (!shelf) return;
  for (const { at, iv, sealed } of await whenDone(writes("readonly").getAll())) {
    if (!at.startsWith(`${place} `)) continue;
    try {
      const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
      restore(JSON.parse(new TextDecoder().decode(opened)));
    } catch {
      /* Another key, or half a record: nobody can read it any more, and it is not ours to throw away. */
    }
  }
}

function restore(write) {
  if (pending.has(write.id)) return;
  const box = boxOf(write.id) ?? another(write.kind, write.topic, write.id);
  if (!box) return;
  for (const name of ["text", "mark", "consent", "participant"]) {
    const control = box.querySelector(`[data-part="${name}"]`);
    if (control && write[name] !== undefined) control.value = write[name];
  }
  if (write.sent !== null) sent.set(write.id, write.sent);
  pending.set(write.id, { ...write, changed: 0 });
}

/* --- on the page ------------------------------------------------------------------------------------------------- */

const boxOf = (id) => form.querySelector(`[data-id="${id}"]`);

function another(kind, topic, id) {
  const section = form.querySelector(`[data-topic="${topic}"]`) ?? form.querySelector("[data-topic]");
  const pattern = section && [...section.querySelectorAll(`[data-id][data-kind="${kind}"]`)].at(-1);
  if (!pattern) return null;
  const box = pattern.cloneNode(true);
  box.dataset.id = id;
  box.dataset.version = "0";
  for (const control of box.querySelectorAll("[data-part]")) {
    const label = box.querySelector(`label[for="${control.id}"]`);
    control.id = `${control.dataset.part}-${id}`;
    control.name = `${control.dataset.part}-${id}`;
    if (label) label.htmlFor = control.id;
    if (control.matches("select")) control.selectedIndex = 0;
    else control.value = "";
  }
  for (const hidden of box.querySelectorAll("[data-name]")) hidden.name = `${hidden.dataset.name}-${id}`;
  box.querySelector("[name=id]").value = id;
  box.querySelector('[data-name="version"]').value = "0";
  box.querySelector("[data-wrong]").textContent = "";
  pattern.after(box);
  return box;
}

function read(box) {
  const write = { id: box.dataset.id, kind: box.dataset.kind, version: Number(box.dataset.version) };
  write.topic = box.closest("[data-topic]").dataset.topic;
  for (const control of box.querySelectorAll("[data-part]")) write[control.dataset.part] = control.value;
  return write;
}

function tell() {
  const number = pending.size;
  let text = saved ? words.saved.replace("{time}", saved) : words.ready;
  let state = "saved";
  if (number) {
    state = trouble || "saving";
    const away = number === 1 ? words.offlineOne : words.offlineMore;
    if (trouble === "offline") text = away.replace("{number}", number);
    else text = words[state] ?? words.saving;
    if (trouble && !shelf) text = `${text} ${words.nowhere}`;
  }
  line.dataset.state = state;
  if (line.textContent !== text) line.textContent = text;
}

/* --- sending ----------------------------------------------------------------------------------------------------- */

function change(box) {
  const write = read(box);
  const before = pending.get(write.id);
  pending.set(write.id, { ...write, changed: (before?.changed ?? 0) + 1 });
  shelve(write.id);
  sendIn(AFTER_A_KEY);
  tell();
}

function sendIn(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

async function ask(batch) {
  const patience = new AbortController();
  const alarm = setTimeout(() => patience.abort(), NO_ANSWER);
  const said = batch.map((write) => ({ ...write, sent: sent.get(write.id) ?? null }));
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, writes: JSON.stringify(said) });
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body, headers, signal: patience.signal });
    if (answer.redirected) return { trouble: "signedout" };
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isOurs && answer.ok) return { trouble: "", reply: await answer.json() };
    if (answer.status === 400) await renew();
    return { trouble: "unwell" };
  } finally {
    clearTimeout(alarm);
  }
}

/* The proof that a form is ours does not last as long as a conversation may. */
async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const proof = page.querySelector("#notes [name=csrf_token]");
  if (proof) form.elements.csrf_token.value = proof.value;
}

async function send() {
  clearTimeout(timer);
  if (busy || !pending.size) return tell();
  busy = true;
  const batch = [...pending.values()];
  try {
    const answer = await ask(batch);
    trouble = answer.trouble;
    if (answer.reply) await accept(batch, answer.reply);
  } catch {
    trouble = "offline";
  }
  if (trouble) for (const write of batch) sent.set(write.id, write.text);
  failed = trouble ? failed + 1 : 0;
  busy = false;
  if (pending.size) sendIn(trouble ? Math.min(LONGEST_PAUSE, 1_000 * 2 ** (failed - 1)) : AFTER_A_KEY);
  return tell();
}

async function accept(batch, reply) {
  saved = reply.saved;
  for (const write of batch) {
    const kept = reply.kept[write.id];
    const why = reply.refused[write.id];
    const box = boxOf(write.id);
    const wrong = box?.querySelector("[data-wrong]");
    if (wrong) wrong.textContent = why ?? (kept?.apart ? words.apart : "");
    if (!kept && why !== undefined && why !== "") continue;
    sent.delete(write.id);
    const isLatest = pending.get(write.id)?.changed === write.changed;
    if (kept?.apart) rename(box, write.id, kept.id);
    if (box && kept) box.dataset.version = box.querySelector('[data-name="version"]').value = String(kept.version);
    if (isLatest) {
      pending.delete(write.id);
      await wipe(write.id);
    } else if (box) {
      const now = pending.get(write.id);
      pending.delete(write.id);
      await wipe(write.id);
      pending.set(box.dataset.id, { ...read(box), changed: now.changed });
      await shelve(box.dataset.id);
    }
  }
  if (Object.values(reply.refused).some(Boolean)) trouble = "refused";
}

function rename(box, from, to) {
  if (!box) return;
  box.dataset.id = to;
  box.querySelector("[name=id]").value = to;
  for (const control of box.querySelectorAll("[name]")) control.name = control.name.replace(from, to);
}

/* --- coming and going -------------------------------------------------------------------------------------------- */

function add(event) {
  const { kind } = event.currentTarget.dataset;
  const topic = event.currentTarget.closest("[data-topic]").dataset.topic;
  another(kind, topic, crypto.randomUUID())?.querySelector("textarea").focus();
}

async function begin() {
  line.hidden = false;
  for (const button of form.querySelectorAll("[data-add]")) {
    button.hidden = false;
    button.addEventListener("click", add);
  }
  form.addEventListener("input", (event) => change(event.target.closest("[data-id]")));
  form.addEventListener("submit", (event) => {
    if (!shelf) return;
    event.preventDefault();
    send();
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => (document.hidden && pending.size ? send() : undefined));
  for (const away of document.querySelectorAll('form[action$="/sign-out"]')) {
    away.addEventListener("submit", (event) => {
      if (!pending.size || leaving) return;
      event.preventDefault();
      leaving = true; // whoever presses again means it
      line.textContent = words.leaving;
      line.focus();
      send();
    });
  }
  addEventListener("beforeunload", (event) => {
    if (pending.size && !leaving) event.preventDefault();
  });
  try {
    await openShelf();
    for (const id of pending.keys()) await shelve(id);
    await unshelve();
  } catch {
    shelf = null; // a browser that stores nothing: the page itself is what remembers
  }
  document.documentElement.dataset.notes = "ready";
  tell();
  if (pending.size) send();
}

begin();
