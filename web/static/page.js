// What every page does with scripts: move the focus to what went wrong, and say so where the
// image of a page cannot be shown.

const MISSING =
  "Diese Seite lässt sich nicht anzeigen. Das Original kann heruntergeladen werden.";

document.querySelector("[data-focus]")?.focus();

function replaceMissing(image) {
  const notice = document.createElement("p");
  notice.className = "kern-body sheet__missing";
  notice.textContent = MISSING;
  image.replaceWith(notice);
}

for (const image of document.querySelectorAll("img[data-page]")) {
  if (image.complete && image.naturalWidth === 0 && image.loading !== "lazy") {
    replaceMissing(image);
  }
  image.addEventListener("error", () => replaceMissing(image));
}
