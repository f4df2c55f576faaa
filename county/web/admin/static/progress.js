// Work that goes on in the background: asks how far it is, and loads the page anew when it is done.
(() => {
  "use strict";
  const place = document.querySelector("[data-progress]");
  if (!place) return;
  const bar = place.querySelector("progress");
  const said = place.querySelector("[data-progress-words]");
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) return window.location.reload();
      const now = await answer.json();
      if (now.status !== place.dataset.while) return window.location.reload();
      if (bar && now.total) {
        bar.max = now.total;
        bar.value = now.done;
      }
      if (said && now.name) {
        said.textContent = said.dataset.progressWords
          .replace("[done]", now.done)
          .replace("[total]", now.total)
          .replace("[name]", now.name);
      }
    } catch (error) {
      // The server cannot be reached for the moment; asking goes on.
    }
    setTimeout(ask, 700);
  };
  setTimeout(ask, 300);
})();
