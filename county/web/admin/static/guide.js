// The guide's desk: calls are looked at every few seconds while the page is in view, a new one rings once; results
// come while typing; the kiosk that was chosen last stays chosen on this tablet.
"use strict";
(() => {
  const EVERY = 5000;
  const waiting = document.getElementById("guide-waiting");
  const sound = document.getElementById("guide-sound");
  const form = document.getElementById("guide-find");
  const title = document.title;
  let tone = null;
  let known = new Set(calls());
  let timer = 0;

  function calls() {
    const count = document.getElementById("calls-count");
    return count && count.dataset.calls ? count.dataset.calls.split(" ") : [];
  }

  function ring() {
    if (!tone) return;
    for (const [at, pitch] of [[0, 880], [0.25, 660]]) {
      const source = tone.createOscillator();
      const volume = tone.createGain();
      source.frequency.value = pitch;
      volume.gain.value = 0.2;
      source.connect(volume).connect(tone.destination);
      source.start(tone.currentTime + at);
      source.stop(tone.currentTime + at + 0.2);
    }
  }

  async function look() {
    clearTimeout(timer);
    try {
      const busy = waiting.contains(document.activeElement);
      const answer = await fetch(waiting.dataset.url, { redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        window.location.reload();
        return;
      }
      if (answer.ok && !busy) {
        waiting.innerHTML = await answer.text();
        const now = calls();
        if (now.some((call) => !known.has(call))) ring();
        known = new Set(now);
        document.title = now.length ? `(${now.length}) ${title}` : title;
      }
    } catch {
      // the network is away for a moment; the next look may find it again
    }
    if (document.visibilityState === "visible") timer = setTimeout(look, EVERY);
  }

  if (waiting) {
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
    timer = setTimeout(look, EVERY);
    sound.addEventListener("click", () => {
      tone = tone ? null : new AudioContext();
      sound.setAttribute("aria-pressed", String(Boolean(tone)));
      ring();
    });
  }

  // Results while typing, in the same page that the form would bring

  if (form) {
    const field = document.getElementById("q");
    let typing = 0;
    let asked = 0;
    const show = async () => {
      const mine = ++asked;
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("guide-found");
      if (mine === asked && answer.ok && found) document.getElementById("guide-found").innerHTML = found.innerHTML;
    };
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(typing);
      typing = setTimeout(() => show().catch(() => {}), 300);
    });
  }

  // The zone that was chosen last, on this tablet

  const places = document.getElementById("guide-zones");
  const here = new URLSearchParams(window.location.search);
  if (here.has("zone")) localStorage.setItem("openhall-zone", here.get("zone"));
  else if (places && window.location.pathname === "/desk/" && localStorage.getItem("openhall-zone")) {
    const link = Array.from(places.querySelectorAll("a")).find(
      (one) => new URL(one.href).searchParams.get("zone") === localStorage.getItem("openhall-zone")
    );
    if (link) window.location.replace(link.href);
  }

  // The kiosk that was chosen last

  for (const choice of document.querySelectorAll("[data-kiosk]")) {
    const last = localStorage.getItem("openhall-kiosk");
    if (last && Array.from(choice.options, (one) => one.value).includes(last)) choice.value = last;
    choice.addEventListener("change", () => localStorage.setItem("openhall-kiosk", choice.value));
  }
})();
