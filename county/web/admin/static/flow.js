// The editor of guided questions. The server does every change; here is what the person has: the flow's text with all
// that came before it, the open form and the answers of the try. One request at a time; typing is never overwritten.
"use strict";
(() => {
  const root = document.getElementById("flow");
  const cards = document.getElementById("flow-cards");
  const side = document.getElementById("flow-side");
  const problem = document.getElementById("flow-error");
  const said = document.getElementById("flow-said");
  const words = document.getElementById("flow-words").dataset;
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const buttons = { undo: document.getElementById("flow-undo"), redo: document.getElementById("flow-redo") };
  const save = document.getElementById("flow-save");

  const state = { document: root.dataset.document, place: "", line: "", path: [] };
  const before = [];
  const after = [];
  let answers = {};
  const unsent = new Set();
  let queue = Promise.resolve();
  let leaving = false;
  let pressed = null;
  let timer = 0;
  let known = "";

  // What stands in forms

  function values(form) {
    const found = {};
    for (const [name, value] of new FormData(form)) (found[name] = found[name] || []).push(value);
    return found;
  }

  const openForm = () => cards.querySelector("form[data-card]");
  const stands = (field) => (field.type === "checkbox" ? field.checked : field.value);

  function typed() {
    const fields = openForm() ? openForm().querySelectorAll("input[id], textarea[id], select[id]") : [];
    return new Map(Array.from(fields, (field) => [field.id, stands(field)]));
  }

  const written = (fields) => JSON.stringify([...fields]);

  function type(now, sent) {
    for (const [id, said] of now) {
      const field = document.getElementById(id);
      if (!field || said === sent.get(id)) continue;
      if (field.type === "checkbox") field.checked = said;
      else field.value = said;
    }
  }

  // Asking the server

  function touch(more) {
    const form = openForm();
    const base = { base: Number(root.dataset.base), fields: form ? values(form) : {}, answers: answers };
    return JSON.stringify(Object.assign(base, state, more));
  }

  function post(where, body, keepalive) {
    return fetch(root.dataset.url + where, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: body,
      keepalive: Boolean(keepalive),
      redirect: "manual",
    });
  }

  async function answer(response) {
    if (response.ok || response.status === 409) return response.json();
    throw new Error(response.status === 403 || response.type === "opaqueredirect" ? words.signedOut : words.failed);
  }

  function say(text) {
    problem.textContent = text;
    problem.hidden = !text;
    if (text) problem.scrollIntoView({ block: "nearest" });
  }

  // `act` says what to do; `quiet` leaves the cards as they are, so that nobody's typing is disturbed.
  function send(act, { quiet = false, history = true, focus = "" } = {}) {
    const from = document.activeElement;
    queue = queue.then(async () => {
      const sent = typed();
      unsent.clear();
      root.setAttribute("aria-busy", "true");
      try {
        const told = await answer(await post("/work", touch(act)));
        await released();
        if (told.error) {
          say(told.error);
          return;
        }
        say("");
        if (history && told.document !== state.document) {
          before.push(state.document);
          after.length = 0;
        }
        take(told, sent, quiet, focus, from);
      } catch (error) {
        say(error.message === words.signedOut ? words.signedOut : words.failed);
      } finally {
        root.removeAttribute("aria-busy");
        remember();
      }
    });
    return queue;
  }

  // Nothing is exchanged under a finger or a button of the mouse.
  const released = () => pressed || Promise.resolve();

  // `focus` is for somebody who is still where the act began, at `from`, or whose field is gone.
  function take(told, sent, quiet, focus, from) {
    const here = document.activeElement;
    const elsewhere = root.contains(here) && here !== from && !(here.id && here.id === from.id);
    const held = here && here.id && root.contains(here) ? here.id : "";
    const caret = held && here.selectionStart !== undefined ? [here.selectionStart, here.selectionEnd] : null;
    const now = typed();
    const moved = told.place !== state.place || told.line !== state.line;
    Object.assign(state, { document: told.document, place: told.place, line: told.line, path: told.path });
    if (!quiet) cards.innerHTML = told.cards;
    known = written(quiet ? sent : typed());
    if (!quiet) type(now, sent);
    const given = Object.entries(answers).filter(([name]) => unsent.has(name));
    answers = Object.assign({}, told.answers, Object.fromEntries(given));
    const title = document.getElementById("example-title").value;
    side.innerHTML = told.side;
    if (focus !== "examples-title") document.getElementById("example-title").value = title;
    said.textContent = words.kept;
    const others = document.getElementById("flow-others");
    others.textContent = told.others;
    others.hidden = !told.others;
    place(elsewhere ? held : focus || (moved ? "" : held), caret);
  }

  function place(id, caret) {
    const first = cards.querySelector("[data-focus]");
    const found = (id && document.getElementById(id)) || first || openForm()?.querySelector("input, select, textarea");
    if (!found) return;
    found.focus({ preventScroll: found.id === id });
    if (caret && found.setSelectionRange && found.id === id && found.type !== "checkbox") {
      try {
        found.setSelectionRange(...caret);
      } catch {
        // a field of this type has no caret
      }
    }
  }

  function remember() {
    buttons.undo.disabled = !before.length;
    buttons.redo.disabled = !after.length;
  }

  // Undo and redo: the text of before, as a whole

  function back(from, to) {
    if (!from.length) return;
    const text = from.pop();
    to.push(state.document);
    const empty = { document: text, place: "", line: "", path: [], fields: {} };
    send(Object.assign({ act: "show" }, empty), { history: false });
  }

  buttons.undo.addEventListener("click", () => back(before, after));
  buttons.redo.addEventListener("click", () => back(after, before));

  // Buttons, choices, typing

  const acting = (button) => ({ act: button.dataset.act, rest: button.dataset.rest || "" });

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act], button[data-answers]");
    if (!button) return;
    if (button.dataset.answers) {
      send({ act: "show", answers: JSON.parse(button.dataset.answers) }, { quiet: true, focus: "try-title" });
      return;
    }
    const opened = button.dataset.act === "close" && state.place;
    send(acting(button), { focus: opened ? `open-${opened}` : "" }).then(() => {
      if (button.dataset.act === "open") show(state.place);
      if (button.dataset.act.endsWith("-add")) show(state.place);
    });
  });

  function show(at) {
    const card = document.getElementById(`card-${at}`);
    if (card) card.scrollIntoView({ block: "nearest" });
  }

  root.addEventListener("change", (event) => {
    const field = event.target;
    if (field.dataset.change) {
      send({ act: field.dataset.change, rest: `${field.value} ${field.dataset.rest}` });
    } else if (field.matches("[data-refresh]")) {
      send({ act: "show" });
    } else if (field.form && field.form.id === "flow-try") {
      const tick = field.type === "checkbox" && field.checked;
      if (tick && field.value === "unsure") clearTyped(field);
      answers[field.name] = new FormData(field.form).getAll(field.name);
      unsent.add(field.name);
      send({ act: "show", touched: tick ? [field.name, field.value] : ["", ""] }, { quiet: true });
    } else if (openForm() && openForm().contains(field) && !field.closest(".flow-line-form") && !field.dataset.search) {
      send({ act: "show" }, { quiet: true });
    }
  });

  function clearTyped(field) {
    for (const other of field.form.elements) {
      if (other.name === field.name && other.type !== "checkbox" && other.type !== "hidden") other.value = "";
    }
  }

  root.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form && field.form.id === "flow-try" && field.type !== "checkbox" && field.type !== "radio") {
      for (const other of field.form.elements) {
        if (other.name === field.name && other.type === "checkbox") other.checked = false;
      }
    }
    if (!field.matches("[data-search]") || event.isComposing) return;
    search();
  });
  root.addEventListener("compositionend", (event) => event.target.matches("[data-search]") && search());

  function search() {
    clearTimeout(timer);
    timer = setTimeout(() => send({ act: "show" }), 250);
  }

  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.id === "flow-example") {
      const title = document.getElementById("example-title");
      send({ act: "example-add", rest: title.value }, { quiet: true, focus: "examples-title" });
      return;
    }
    const within = document.activeElement && document.activeElement.closest("[data-enter]");
    send({ act: within ? within.dataset.enter : "show" });
  });

  // A form with several fields sends itself on Enter only when it has a button for it.
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("form[data-card] input")) return;
    event.preventDefault();
    if (event.target.type !== "checkbox") event.target.form.requestSubmit();
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea")) return;
    if (event.key === "z" && !event.shiftKey) back(before, after);
    else if (event.key === "y" || (event.key === "z" && event.shiftKey)) back(after, before);
    else return;
    event.preventDefault();
  });

  let release = () => {};
  root.addEventListener("pointerdown", () => {
    pressed = new Promise((done) => (release = done));
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    document.addEventListener(kind, () => {
      pressed = null;
      setTimeout(release);
    });
  }

  // Dragging: the card follows the pointer, a line says where it would come to stand; the server moves it

  const EDGE = 60;
  let drag = null;

  root.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-drag]");
    if (!grip || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const card = grip.closest("li");
    const cards = beside(card);
    const from = cards.findIndex((one) => one[0] === card);
    drag = { grip, card: cards[from], cards, from, to: from, start: event.pageY, y: event.clientY };
    for (const row of drag.card) row.classList.add("flow-dragged");
    requestAnimationFrame(scroll);
  });

  // What a card can change places with, each with the rows that go along: a block of a condition has its parts.
  function beside(card) {
    const rows = Array.from(card.parentElement.children);
    if (card.dataset.at === undefined) return rows.map((row) => [row]);
    const block = card.dataset.at.replace(/\d+$/, "");
    const within = (row, at) => row.dataset.at.startsWith(at);
    const parts = rows.filter((row) => within(row, block) && /^\d+$/.test(row.dataset.at.slice(block.length)));
    return parts.map((part) => [part, ...rows.filter((row) => within(row, `${part.dataset.at}.`))]);
  }

  // Near the edge of the window the page goes on under the card.
  function scroll() {
    if (!drag) return;
    const by = drag.y < EDGE ? -1 : drag.y > window.innerHeight - EDGE ? 1 : 0;
    if (by) {
      window.scrollBy(0, by * EDGE / 6);
      carry();
    }
    requestAnimationFrame(scroll);
  }

  root.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.y = event.clientY;
    carry();
  });

  function carry() {
    for (const row of drag.card) row.style.transform = `translateY(${drag.y + window.scrollY - drag.start}px)`;
    const others = drag.cards.filter((card) => card !== drag.card);
    const middle = (card) =>
      (card[0].getBoundingClientRect().top + card[card.length - 1].getBoundingClientRect().bottom) / 2;
    drag.to = others.filter((card) => middle(card) < drag.y).length;
    unmark();
    if (drag.to === drag.from) return;
    if (drag.to < others.length) others[drag.to][0].classList.add("flow-drop-before");
    else others.pop().pop().classList.add("flow-drop-after");
  }

  function unmark() {
    for (const row of drag.cards.flat()) row.classList.remove("flow-drop-before", "flow-drop-after");
  }

  function drop(moved) {
    if (!drag) return;
    const { grip, card, from, to } = drag;
    unmark();
    for (const row of card) {
      row.classList.remove("flow-dragged");
      row.style.transform = "";
    }
    drag = null;
    if (moved && to !== from) send({ act: `${grip.dataset.drag}-to`, rest: `${grip.dataset.key} ${to}` });
  }

  root.addEventListener("pointerup", () => drop(true));
  root.addEventListener("pointercancel", () => drop(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && drop(false));

  save.addEventListener("click", () => {
    queue = queue.then(async () => {
      save.disabled = true;
      try {
        const told = await answer(await post("/save", touch({ act: "show" })));
        if (told.error) say(told.error);
        else {
          leaving = true;
          window.location = told.location;
        }
      } catch (error) {
        say(error.message === words.signedOut ? words.signedOut : words.failed);
      } finally {
        save.disabled = false;
      }
    });
  });

  // What was typed and not yet left goes along when the page goes, unless it was just given up or saved. A page that
  // has nothing new says nothing, or it would undo what the same person did elsewhere.
  known = written(typed());
  document.addEventListener("submit", (event) => (leaving = leaving || !root.contains(event.target)));
  window.addEventListener("pagehide", () => {
    if (openForm() && !leaving && written(typed()) !== known) post("/work", touch({ act: "show" }), true);
  });
})();
