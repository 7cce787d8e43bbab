/* Makes and uses passkeys: asks the server what to sign, lets the device sign it, and sends that as a form. Without this
 * script these forms stay out of sight, and everything else works. */

const possible = Boolean(globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON && navigator.credentials);

async function question(form) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.dataset.question, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.redirected) return location.assign(answer.url); // to sign in again first
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

function signed(kind, options) {
  return kind === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function why(problem, words) {
  if (problem.name === "InvalidStateError") return words.known;
  return problem.name === "NotAllowedError" || problem.name === "AbortError" ? words.refused : words.failed;
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const [line, button] = [form.querySelector("[role=alert]"), form.querySelector("button")];
  line.textContent = "";
  button.disabled = true;
  try {
    const options = await question(form);
    if (!options) return;
    const credential = await signed(form.dataset.passkey, options);
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (problem) {
    line.textContent = why(problem, form.dataset);
  } finally {
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!possible) continue;
  form.hidden = false;
  form.addEventListener("submit", send);
}
for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = possible;
