// The kiosk's picture beside a text: asked for, waited for, shown. The last one stays while a new one is drawn.
(() => {
  "use strict";
  const LOOK = 700;
  const TRIES = 120;
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const box = document.querySelector("[data-preview]");
  if (!box) return;
  const told = box.querySelector("[data-drawing]");
  const link = box.querySelector("a");
  const image = box.querySelector("img");
  const languages = Array.from(box.querySelectorAll("[data-language]"));
  let asked = 0;

  const show = (name, old) => {
    if (!name) return;
    const url = `/admin/previews/${name}`;
    if (image.getAttribute("src") !== url) image.src = url;
    image.classList.toggle("records-old", old);
    link.href = url;
    link.hidden = false;
  };

  const draw = async () => {
    const mine = (asked += 1);
    const { language } = languages.find((button) => button.getAttribute("aria-pressed") === "true").dataset;
    const request = { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ language }) };
    for (let tries = 0; tries < TRIES && mine === asked; tries += 1) {
      const answer = await fetch(box.dataset.preview, request).catch(() => null);
      if (mine !== asked) return;
      const found = answer && answer.ok ? await answer.json() : { state: "failed", latest: "" };
      if (found.state === "ready") {
        show(found.picture, false);
        told.textContent = told.dataset.readyText;
        return;
      }
      show(found.latest, true);
      told.textContent = found.state === "failed" ? told.dataset.failedText : told.dataset.drawingText;
      if (found.state === "failed") return;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  };

  box.querySelector("[data-draw]").addEventListener("click", draw);
  for (const chosen of languages) {
    chosen.addEventListener("click", () => {
      for (const button of languages) {
        button.setAttribute("aria-pressed", String(button === chosen));
        button.classList.toggle("active", button === chosen);
      }
      draw();
    });
  }
  document.addEventListener("kept", (event) => {
    if (!Object.keys(event.detail.errors).length) draw();
  });
  draw();
})();
