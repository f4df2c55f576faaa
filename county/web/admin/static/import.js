// Dropping files onto the page, and saying which were chosen before they are sent.
(() => {
  "use strict";
  const form = document.querySelector("[data-send]");
  const input = form.querySelector('input[type="file"]');
  const zone = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-chosen]");
  const show = () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name} · ${Math.max(1, Math.round(file.size / 1024))} KB`;
        return line;
      }),
    );
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    zone.addEventListener(name, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
})();
