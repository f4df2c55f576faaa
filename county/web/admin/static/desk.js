// What every page of the desk can do. The library's scripts find here what its own inline script would give them.
(() => {
  "use strict";
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const library = JSON.parse(document.getElementById("desk-library").textContent);
  const pick = (table) => (name, fallback) =>
    Object.hasOwn(table, name) ? table[name] : fallback !== undefined ? fallback : name;

  window.StarletteAdmin = Object.assign(window.StarletteAdmin || {}, library, {
    getIcon: pick(library.icons),
    getClass: pick(library.classes),
  });
  // The library reads its token from a cookie of its own; ours stands in the page.
  window.Cookies = { get: (name) => (name === "starlette_admin_csrftoken" ? token : undefined), set: () => {} };
  $.ajaxSetup({
    beforeSend: (request, settings) => {
      if (!/^(GET|HEAD|OPTIONS)$/i.test(settings.type)) request.setRequestHeader("X-CSRFToken", token);
    },
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches('[data-desk="go"]')) window.location = event.target.value;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-desk="columns"]')) window.applyColumnVisibility();
  });
  // A form that was sent is not sent twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
