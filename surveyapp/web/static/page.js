/* What every part of the script needs of the page. */

export const form = document.getElementById("page");
export const bar = document.getElementById("kept");
export const words = bar?.dataset;

/* A sentence of the page with its values filled in. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

/* To who listens to the page. */
export function say(sentence) {
  document.getElementById("said").textContent = sentence;
}
