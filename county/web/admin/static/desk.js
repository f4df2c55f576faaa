// What every page of the desk does.
(() => {
  "use strict";
  const KEPT = "openhall-sent";
  const person = document.documentElement.dataset.person;
  const here = document.body.dataset.here; // where the page is read again

  // What is typed, except into forms that keep it on the server and forms with a secret. A file cannot be typed again.
  const fields = (form) => {
    if (form.dataset.keep || form.querySelector('[type="password"], [autocomplete="one-time-code"]')) return [];
    return [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "button"].includes(one.type));
  };
  const ticked = (field) => ["checkbox", "radio"].includes(field.type);
  const alike = (action) => [...document.forms].filter((form) => form.getAttribute("action") === action);
  const stored = () => JSON.parse(sessionStorage.getItem(KEPT) || "null");
  const store = (kept) => sessionStorage.setItem(KEPT, JSON.stringify(kept));

  const remember = (form) => {
    const typed = fields(form).map(({ name, value, checked }) => [name, value, checked]);
    const action = form.getAttribute("action");
    if (typed.length) store({ here, person, action, place: alike(action).indexOf(form), typed });
  };

  const restore = (kept) => {
    const form = alike(kept.action)[kept.place];
    if (!form) return;
    const found = fields(form);
    for (const [name, value, checked] of kept.typed) {
      const place = found.findIndex((one) => one.name === name && (!ticked(one) || one.value === value));
      if (place < 0) continue;
      const [field] = found.splice(place, 1);
      if (ticked(field)) field.checked = checked;
      else field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const told = document.createElement("div");
    told.className = "alert alert-info";
    told.textContent = document.body.dataset.restored;
    document.getElementById("alertContainer").append(told);
  };

  // A form that was sent is not sent twice. What was typed is kept in this tab until the server has taken it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    else remember(form);
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // A page of refusal leads back; the page that was sent, opened again by the same person, has what was typed.
  document.addEventListener("DOMContentLoaded", () => {
    const kept = stored();
    const back = document.querySelector("[data-back]");
    if (!kept) return;
    if (back) {
      store({ ...kept, refused: true });
      back.href = kept.here;
      back.hidden = false;
    } else if (!kept.refused) sessionStorage.removeItem(KEPT);
    else if (kept.here === here && person) {
      sessionStorage.removeItem(KEPT);
      if (kept.person === person) restore(kept);
    }
  });
})();
