// How values read in German, as the server says them.

export function sizeInWords(bytes) {
  if (bytes < 1024) {
    return `${bytes} Byte`;
  }
  if (bytes < 1024 ** 2) {
    return `${Math.round(bytes / 1024)} KB`;
  }
  return `${(bytes / 1024 ** 2).toFixed(1).replace(".0", "").replace(".", ",")} MB`;
}

export function codeInBlocks(code) {
  return code.match(/.{1,4}/g).join(" ");
}

export function momentInWords(text) {
  const parts = { dateStyle: "medium", timeStyle: "medium", timeZone: "Europe/Berlin" };
  return `${new Intl.DateTimeFormat("de-DE", parts).format(new Date(text))} Uhr`;
}
