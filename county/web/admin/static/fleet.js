// Keeps the list of kiosks up to date while nobody works in it.
"use strict";

const live = document.getElementById("live");

async function renew() {
  if (document.hidden || live.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (fresh) live.replaceChildren(...fresh.childNodes);
}

if (live) setInterval(renew, 1000 * Number(live.dataset.every));
