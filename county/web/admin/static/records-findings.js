// Renews the page when the checks of the whole county are done.
(() => {
  "use strict";
  const LOOK = 2000;
  const token = document.querySelector('meta[name="csrf-token"]').content;
  if (!document.querySelector("[data-checking]")) return;
  const look = async () => {
    const answer = await fetch("/admin/findings/progress", { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
    if (answer && answer.ok && (await answer.json()).fresh) window.location.reload();
    else setTimeout(look, LOOK);
  };
  setTimeout(look, LOOK);
})();
