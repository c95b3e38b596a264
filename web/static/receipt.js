// The receipt on the screen, after handing in with scripts.

import { codeInBlocks, momentInWords, sizeInWords } from "./words.js";

function cell(kind, label, className, text) {
  const element = document.createElement(kind);
  element.className = className;
  element.dataset.label = label;
  element.textContent = text;
  return element;
}

function row(item) {
  const line = document.createElement("tr");
  line.className = "kern-table__row";
  const name = cell("th", "Datei", "kern-table__header", item.name);
  name.scope = "row";
  const size = cell(
    "td",
    "Größe",
    "kern-table__cell kern-table__cell--numeric",
    sizeInWords(item.size),
  );
  const digest = cell("td", "Prüfsumme (SHA-256)", "kern-table__cell digest", item.sha256);
  line.append(name, size, digest);
  return line;
}

export function fillReceipt(receipt, { again }) {
  const shown = document.getElementById("receipt-template").content.cloneNode(true);
  const slot = (name) => shown.querySelector(`[data-slot="${name}"]`);
  slot("code").textContent = codeInBlocks(receipt.receipt_code);
  slot("code-field").value = receipt.receipt_code;
  slot("time").textContent = momentInWords(receipt.received_at);
  slot("again").href = again;
  slot("items").append(...receipt.items.map(row));
  document.getElementById("sending").replaceWith(shown);
  document.getElementById("problems").replaceChildren();
  document.title = document.title.replace(/^[^–]*–/, "Ihre Unterlagen sind angekommen –");
  document.getElementById("receipt-title").focus();
}
