// Ticking all rows of a list, and saying how many are ticked.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("[data-tick]")) {
    const boxes = () => [...form.querySelectorAll('input[type="checkbox"][name]:not([data-tick-skip])')];
    const count = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      for (const place of form.querySelectorAll("[data-tick-count]")) place.textContent = ticked ? `(${ticked})` : "";
    };
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-tick-all]")) {
        const part = event.target.closest("[data-tick-part]") || form;
        for (const box of part.querySelectorAll('input[type="checkbox"][name]:not([data-tick-skip])')) {
          if (!box.disabled) box.checked = event.target.checked;
        }
      }
      count();
    });
    count();
  }
})();
