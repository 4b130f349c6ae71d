// Makes the form kinder; all it does can be done without it.
"use strict";
const drop = document.getElementById("drop");
if (drop) {
  const file = document.getElementById("file");
  const form = file.form;
  document.getElementById("drop-hint").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 1) {
      file.files = event.dataTransfer.files;
      if (form.reportValidity()) form.requestSubmit();
    }
  });
  form.addEventListener("submit", () => {
    document.getElementById("send").disabled = true;
    document.getElementById("working").textContent = "Working\u2026";
  });
  addEventListener("pageshow", () => {
    document.getElementById("send").disabled = false;
    document.getElementById("working").textContent = "";
  });
}
