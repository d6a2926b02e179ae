// Everything works without this. It only keeps a form from being sent twice.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
});

// A page that comes back from the browser's memory may send its forms again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// A file that is dragged over a field for files shows where it will land.
for (const field of document.querySelectorAll("input[type=file]")) {
  for (const name of ["dragenter", "dragover"]) {
    field.addEventListener(name, () => field.classList.add("over"));
  }
  for (const name of ["dragleave", "drop"]) {
    field.addEventListener(name, () => field.classList.remove("over"));
  }
}
