// The form of the clearing desk: after another type is chosen, only the carriers that are lawful
// for it can be chosen. The server checks the same again.

const type = document.getElementById("type");
const hint = document.getElementById("carriers-hint");
const boxes = [...document.querySelectorAll('input[name="carriers"]')];

function lawful() {
  const names = type.selectedOptions[0].dataset.carriers;
  return names ? new Set(names.split(" ")) : null;
}

function advice(allowed) {
  if (type.value === "") {
    return "Wählen Sie zuerst die Art des Dokuments.";
  }
  return allowed
    ? "Wählbar sind die Träger, die nach dem Gesetz für diese Art zuständig sind."
    : "Diese Art sagt nicht, wer zuständig ist. Bitte wählen Sie selbst.";
}

function restrict() {
  const allowed = lawful();
  for (const box of boxes) {
    box.disabled = allowed !== null && !allowed.has(box.value);
    box.checked = box.checked && !box.disabled;
  }
  hint.textContent = advice(allowed);
}

function choose() {
  const allowed = lawful();
  for (const box of boxes) {
    box.checked = allowed !== null && allowed.has(box.value);
  }
  restrict();
}

// A quick hand, or the browser's memory of a form, may have chosen a type before this script ran.
function changedEarly() {
  const untouched = boxes.every((box) => box.checked === box.defaultChecked);
  return untouched && !type.selectedOptions[0].defaultSelected;
}

type.addEventListener("change", choose);
if (changedEarly()) {
  choose();
} else {
  restrict();
}
