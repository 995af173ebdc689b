// Begins search where it can be had: a page that was opened as a file may load no modules and no index.

"use strict";

if (location.protocol === "file:") document.getElementById("search").hidden = true;
else {
  const src = new URL("search.js", document.currentScript.src).href;
  document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
}
