// Handing in with scripts: the chosen files as a list, checks before sending, progress while
// sending, and a repetition after a broken connection that cannot arrive twice.

import { fillReceipt } from "./receipt.js";
import { sizeInWords } from "./words.js";

const form = document.getElementById("upload");
const list = document.getElementById("file-list");
const count = document.getElementById("file-count");
const drop = document.getElementById("drop");
const send = document.getElementById("send");
const problems = document.getElementById("problems");
const filesError = document.getElementById("files-error");
const progress = document.getElementById("progress");
const bar = document.getElementById("progress-bar");
const progressText = document.getElementById("progress-text");
const inputs = [...form.querySelectorAll('input[type="file"]')];

const maxBytes = Number(form.dataset.maxBytes);
const maxItems = Number(form.dataset.maxItems);
const title = document.title;

// From here on the list shows what was chosen, and a button stands for the native field.
document.documentElement.classList.add("js");
document.documentElement.classList.toggle("touch", navigator.maxTouchPoints > 0);

let files = [];
let key = crypto.randomUUID?.() ?? form.elements.idempotency_key.value;
let sending = false;

// Other contents are another submission and need a key of their own.
function changed() {
  key = crypto.randomUUID?.() ?? key;
}

function add(chosen) {
  files = files.concat([...chosen]);
  changed();
  show();
  const wrong = problemOfFiles();
  if (wrong && files.length) {
    complain(wrong, { quiet: true });
  } else {
    clearProblems();
  }
}

function remove(index) {
  files.splice(index, 1);
  changed();
  show();
  clearProblems();
  const next = list.querySelectorAll("button")[Math.min(index, files.length - 1)];
  (next ?? inputs[0]).focus();
}

function row(file, index) {
  const item = document.createElement("li");
  item.className = "files__item";
  const name = document.createElement("span");
  name.className = "files__name kern-body";
  name.textContent = file.name;
  const size = document.createElement("span");
  size.className = "files__size kern-body kern-body--small";
  size.textContent = sizeInWords(file.size);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kern-btn kern-btn--tertiary";
  button.setAttribute("aria-label", `${file.name} entfernen`);
  button.innerHTML =
    '<span class="kern-icon kern-icon--delete kern-icon--default" aria-hidden="true"></span>' +
    '<span class="kern-label">Entfernen</span>';
  button.addEventListener("click", () => remove(index));
  item.append(name, size, button);
  return item;
}

function show() {
  list.replaceChildren(...files.map(row));
  list.hidden = files.length === 0;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const noun = files.length === 1 ? "Datei" : "Dateien";
  count.textContent = files.length
    ? `${files.length} ${noun} ausgewählt, zusammen ${sizeInWords(total)}.`
    : "Es ist keine Datei ausgewählt.";
}

function problemOfFiles() {
  if (files.length === 0) {
    return "Bitte wählen Sie mindestens eine Datei aus.";
  }
  if (files.length > maxItems) {
    return `Das sind zu viele Dateien. Senden Sie höchstens ${maxItems} auf einmal.`;
  }
  const empty = files.find((file) => file.size === 0);
  if (empty) {
    return `Die Datei «${empty.name}» ist leer. Bitte entfernen Sie sie.`;
  }
  const large = files.find((file) => file.size > maxBytes);
  return large
    ? `Die Datei «${large.name}» ist zu groß. Erlaubt sind ${sizeInWords(maxBytes)}.`
    : "";
}

function clearProblems() {
  document.title = title;
  problems.replaceChildren();
  filesError.hidden = true;
  for (const input of inputs) {
    input.removeAttribute("aria-invalid");
  }
}

function complain(sentence, { quiet = false } = {}) {
  filesError.querySelector(".kern-body").textContent = sentence;
  filesError.hidden = false;
  inputs[0].setAttribute("aria-invalid", "true");
  inputs[0].setAttribute("aria-describedby", "files-hint files-error");
  if (!quiet) {
    summarise("Bitte prüfen Sie Ihre Dateien", sentence);
  }
}

function summarise(heading, sentence) {
  const box = document.createElement("div");
  box.className = "kern-alert kern-alert--danger error-summary";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.innerHTML =
    '<div class="kern-alert__header">' +
    '<span class="kern-icon kern-icon--danger kern-icon--large" aria-hidden="true"></span>' +
    '<h2 class="kern-title"></h2></div><div class="kern-alert__body">' +
    '<a class="kern-link" href="#files"></a></div>';
  box.querySelector("h2").textContent = heading;
  box.querySelector("a").textContent = sentence;
  problems.replaceChildren(box);
  document.title = `Fehler: ${title}`;
  box.focus();
}

// Text fields come first: the server seals the files while they arrive and must know them by then.
function body() {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "idempotency_key") {
      data.append(name, value);
    }
  }
  for (const file of files) {
    data.append("files", file, file.name);
  }
  return data;
}

function busy(on) {
  sending = on;
  send.setAttribute("aria-disabled", String(on));
  progress.hidden = !on;
  if (!on) {
    progressText.textContent = "";
  }
}

function advance(event) {
  if (!event.lengthComputable) {
    return;
  }
  const percent = Math.floor((100 * event.loaded) / event.total);
  const quarter = Math.floor(percent / 25) * 25;
  bar.value = percent;
  // Screen readers hear of every quarter, not of every per cent.
  progressText.textContent =
    percent === 100 ? "Fast fertig: Der Eingang wird bestätigt." : `${quarter} % übertragen.`;
}

function failed(sentence) {
  busy(false);
  summarise("Das Senden hat nicht geklappt", sentence);
}

function finished(request) {
  if (request.status === 201) {
    busy(false);
    fillReceipt(request.response, { again: location.pathname });
    return;
  }
  failed(request.response?.title ?? "Der Dienst antwortet gerade nicht. Bitte senden Sie erneut.");
}

function transmit() {
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.endpoint);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("Idempotency-Key", key);
  request.upload.addEventListener("progress", advance);
  request.addEventListener("load", () => finished(request));
  request.addEventListener("error", () =>
    failed(
      "Die Verbindung ist unterbrochen. Ihre Dateien sind noch ausgewählt. " +
        "Senden Sie bitte erneut: Es kommt nichts doppelt an.",
    ),
  );
  bar.value = 0;
  busy(true);
  progressText.textContent = "Die Übertragung beginnt.";
  request.send(body());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (sending) {
    return;
  }
  clearProblems();
  const wrong = problemOfFiles();
  if (wrong) {
    complain(wrong);
  } else {
    transmit();
  }
});

form.addEventListener("input", (event) => {
  if (event.target.type !== "file") {
    changed();
  }
});

function take(input) {
  add(input.files);
  input.value = "";
}

for (const input of inputs) {
  input.addEventListener("change", () => take(input));
  // On a slow line, files may be chosen before this script is there.
  if (input.files.length) {
    take(input);
  }
}

drop.querySelector(".drop__invitation").hidden = matchMedia("(pointer: coarse)").matches;
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("drop--over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("drop--over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("drop--over");
  add(event.dataTransfer.files);
});

addEventListener("beforeunload", (event) => {
  if (sending) {
    event.preventDefault();
  }
});
