/* Small comforts on a page of questions: what is left, what goes together, what opens. The server needs none of them. */

import { fill, form, say, words } from "./page.js";

const NEAR = 0.8; // of the limit: from here on the remaining characters are shown
let pause = 0;

function local(number) {
  return new Intl.NumberFormat(document.documentElement.lang).format(number);
}

/* Shown at once; said when somebody stops typing. */
function write(line, sentence) {
  if (line.textContent === sentence) return;
  line.textContent = sentence;
  clearTimeout(pause);
  if (sentence && line.closest("[data-question]").contains(document.activeElement)) {
    pause = setTimeout(() => say(sentence), 1_000);
  }
}

function lineBelow(element) {
  if (element.nextElementSibling?.matches(".count")) return element.nextElementSibling;
  const line = Object.assign(document.createElement("p"), { className: "count quiet" });
  element.after(line);
  return line;
}

function characters(control) {
  const limit = Number(control.dataset.limit);
  const length = [...control.value].length;
  const sentence = length > limit ? words.over : words.left;
  write(lineBelow(control), length < NEAR * limit ? "" : fill(sentence, { number: local(Math.abs(limit - length)) }));
}

function points(place) {
  const fields = place.querySelector("[data-total]");
  const typed = [...fields.querySelectorAll("input")].map((input) => Number(input.value.trim()) || 0);
  const left = typed.reduce((rest, spent) => rest - spent, Number(fields.dataset.total));
  const sentence = left < 0 ? words.excess : left ? words.rest : words.divided;
  write(fields.querySelector(".rest"), fill(sentence, { number: local(Math.abs(left)) }));
}

/* An option that excludes the others switches them off, and the other way round. */
function exclude(box) {
  const boxes = [...box.closest("[data-question]").querySelectorAll("[type=checkbox]")];
  const alone = (one) => one.matches("[data-alone]");
  const against = boxes.filter((one) => one !== box && one.checked && box.checked && (alone(box) || alone(one)));
  for (const one of against) one.checked = false;
  if (against.length) say(words.alone);
}

function height(place) {
  const rungs = [...place.querySelectorAll("[type=checkbox]:not([data-alone])")];
  const first = rungs.findIndex((box) => !box.checked);
  const level = { height: first < 0 ? rungs.length : first, most: rungs.length };
  const some = rungs.some((box) => box.checked);
  write(lineBelow(place.querySelector(".ladder")), some ? fill(words.level, level) : "");
}

/* What has a place already is marked in the other lists, and can still be chosen. */
function places(place) {
  const lists = [...place.querySelectorAll("select")];
  for (const list of lists) {
    const elsewhere = new Set(lists.filter((other) => other !== list).map((other) => other.value));
    for (const option of list.options) {
      option.dataset.label ??= option.textContent;
      const taken = option.value && elsewhere.has(option.value);
      option.textContent = taken ? `${option.dataset.label} (${words.taken})` : option.dataset.label;
    }
  }
}

/* The field to say what "something else" is shows with its option. */
function other(place) {
  for (const field of place.querySelectorAll(".other")) {
    field.hidden = !field.previousElementSibling.querySelector("input").checked;
  }
}

const KINDS = { points, ladder: height, ranking: places, choice: other, choices: other };

function look(place) {
  KINDS[place.dataset.kind]?.(place);
  for (const control of place.querySelectorAll("[data-limit]")) characters(control);
}

export function comfort() {
  const all = () => form.querySelectorAll("[data-question]").forEach(look);
  form.addEventListener("input", ({ target }) => {
    const place = target.closest("[data-question]");
    if (target.matches("[type=checkbox]")) exclude(target);
    if (place) look(place);
  });
  form.addEventListener("refreshed", all);
  all();
}
