// Asks the guided questions of a page. Answers and ticks are in the address after the # and nowhere else; nothing is
// sent. An address that cannot be read shows the full page and says so.
"use strict";
(function () {
  const root = document.querySelector("[data-guide]");
  if (!root || typeof Guided === "undefined") return;
  const guide = Guided.unpack(JSON.parse(document.getElementById("guide").textContent));
  const { words, make, button, card, ticklist, inputs } = elements(guide.words);
  const general = Array.from(document.querySelectorAll("[data-general]"));
  const languages = Array.from(document.querySelectorAll("a.language"), (link) => [link, link.getAttribute("href")]);
  const status = make("p", { class: "unseen", role: "status" });
  const stage = make("div", {});
  let answers = new Map();
  let ticks = new Set();
  let passed = new Set();

  // The address

  function entry(name) {
    const parts = location.hash.slice(1).split("&").map((part) => part.split("="));
    return (parts.find((part) => part[0].toLowerCase() === name) || [])[1];
  }

  function write(fragment) {
    history.replaceState(null, "", location.pathname + location.search + fragment);
    languages.forEach(([link, address]) => link.setAttribute("href", address + fragment));
  }

  function keep() {
    const ticked = ticks.size ? "&t=" + Guided.encodeTicks(guide, ticks) : "";
    write("#a=" + Guided.encode(guide, Guided.counted(guide, answers)) + ticked);
  }

  function forget() {
    [answers, ticks, passed] = [new Map(), new Set(), new Set()];
    write("");
  }

  function read() {
    const carried = entry("a");
    if (carried === undefined) return invite();
    try {
      answers = Guided.decode(guide, carried);
    } catch (error) {
      forget();
      return invite(words(error.changed ? "guide.changed" : "guide.unreadable"));
    }
    ticks = ticked(entry("t"));
    passed = new Set(guide.questions.map((question) => question.id));
    keep();
    conclude();
  }

  function ticked(text) {
    try {
      return text ? Guided.decodeTicks(guide, text) : new Set();
    } catch (unreadable) {
      return new Set();
    }
  }

  // What stands on the page; `focus` when a person asked for it

  function show(full, focus, parts) {
    stage.textContent = "";
    parts.forEach((part) => stage.append(part));
    general.forEach((part) => { part.hidden = !full; });
    status.textContent = "";
    if (!focus) return;
    const heading = stage.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    root.scrollIntoView();
  }

  function invite(notice, focus) {
    const begin = button(words("guide.start"), () => ask(Guided.asked(guide, answers)[0]), "strong");
    const text = make("p", {}, words("guide.text"));
    const entry = card(words("guide.title"), text, make("p", { class: "actions" }, begin));
    const said = notice ? [make("p", { class: "notice warn", role: "alert" }, notice)] : [];
    show(true, focus, said.concat(entry));
  }

  function conclude(focus) {
    const found = outcome(guide, answers, ticks, general, {
      tick(changed) {
        ticks = changed;
        keep();
      },
      change: (question) => ask(question, true),
      restart() {
        forget();
        ask(Guided.asked(guide, answers)[0]);
      },
      full() {
        forget();
        invite("", true);
      },
    });
    show(false, focus, found.parts);
    status.textContent = found.summary;
  }

  // One question; `changing` when it was chosen among the answers

  function ask(question, changing) {
    const asked = Guided.asked(guide, answers);
    const place = asked.findIndex((one) => one.id === question.id);
    const field = { single: choose, place: choose, multi: tick, number: type, date: pick }[question.kind](question);
    const problem = make("p", { class: "notice warn", role: "alert" });
    const leave = () => {
      if (changing) conclude(true);
      else if (place > 0) ask(asked[place - 1]);
      else invite("", true);
    };
    const go = (event) => {
      event.preventDefault();
      try {
        answers = Guided.answer(guide, answers, question.id, field.value());
      } catch (unfit) {
        problem.textContent = words("guide.unfit");
        return;
      }
      passed.add(question.id);
      proceed(question, changing);
    };
    const back = button(words(changing ? "guide.cancel" : "guide.back"), leave);
    const onward = make("button", { class: "button strong" }, words("guide.next"));
    const parts = [
      make("p", { class: "kicker" }, words("guide.question", { number: place + 1 })),
      make("h2", { class: "asked", id: "asked" }, question.text),
      question.help && make("p", { class: "muted" }, question.help),
      make("div", { role: "group", "aria-labelledby": "asked" }, field.element),
      problem,
      make("p", { class: "muted" }, words("guide.skip")),
      make("p", { class: "actions" }, back, onward),
    ];
    show(false, true, [make("form", { class: "card", onsubmit: go, novalidate: "", autocomplete: "off" }, ...parts)]);
  }

  function proceed(question, changing) {
    const open = Guided.asked(guide, answers).find((one) => !passed.has(one.id));
    const next = changing ? open : Guided.next(guide, answers, question.id);
    if (next) return ask(next, changing);
    keep();
    conclude(true);
  }

  // Fields: an element, and what it says as an answer; undefined for none

  function option(kind, one, chosen, change) {
    const input = make("input", { type: kind, name: "choice", value: one.id });
    input.checked = chosen;
    if (change) input.addEventListener("change", change);
    const note = one.note && make("small", {}, one.note);
    return make("label", {}, input, make("span", {}, make("b", {}, one.text), note));
  }

  function choose(question) {
    const chosen = answers.get(question.id);
    const element = ticklist(question.options.map((one) => option("radio", one, one.id === chosen)));
    return { element: element, value: () => (inputs(element).find((one) => one.checked) || {}).value };
  }

  function tick(question) {
    let chosen = answers.get(question.id) || [];
    const change = (event) => {
      chosen = Guided.toggled(chosen, event.target.value);
      inputs(element).forEach((one) => { one.checked = chosen.includes(one.value); });
    };
    const element = ticklist(question.options.map((one) => option("checkbox", one, chosen.includes(one.id), change)));
    return { element: element, value: () => (chosen.length ? chosen : undefined) };
  }

  // A field to type in, with "not sure" below it; `understand` makes an answer of what was typed.
  function typed(question, attributes, text, understand) {
    const given = answers.get(question.id);
    const [unsure] = question.options;
    const box = option("checkbox", unsure, given === "unsure", () => { field.value = ""; });
    const clear = () => { inputs(box)[0].checked = false; };
    const shared = { class: "code", "aria-labelledby": "asked", oninput: clear };
    const field = make("input", Object.assign(shared, attributes));
    field.value = Guided.given(given) && given !== "unsure" ? text(given) : "";
    const value = () => {
      if (inputs(box)[0].checked) return "unsure";
      return field.value.trim() ? understand(field.value.trim()) : undefined;
    };
    return { element: make("div", {}, field, ticklist([box])), value: value };
  }

  function type(question) {
    const understand = (text) => (/^\d+$/.test(text) ? Number(text) : NaN);
    return typed(question, { type: "text", inputmode: "numeric", maxlength: "9" }, String, understand);
  }

  function pick(question) {
    const range = { type: "date", min: "1900-01-01", max: "2155-12-31" };
    return typed(question, range, (given) => given.day, (text) => ({ day: text }));
  }

  if (!Guided.asked(guide, answers).length) return;
  root.append(status, stage);
  root.hidden = false;
  window.addEventListener("hashchange", read);
  read();
})();
