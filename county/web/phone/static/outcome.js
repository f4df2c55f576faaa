// Draws what comes out of the answers to guided questions. `on.tick`, `on.change`, `on.restart` and `on.full` are what
// a person may do with it; `general` are the parts of the full page. Gives the list in words, and the parts to show.
"use strict";
function outcome(guide, answers, ticks, general, on) {
  const { words, make, button, card, bullets, ticklist, comma, inputs, folded } = elements(guide.words);
  const GROUPS = ["bring", "in_case", "optional", "waived"];
  const [BRING, IN_CASE, , WAIVED] = GROUPS.keys();
  const FOLDED_FROM = 6;
  const found = Guided.result(guide, answers);
  const title = (service) => guide.services[service].title;

  function told() {
    const brought = found.papers.filter((paper) => paper.group === BRING).length;
    const counts = { services: found.services.length, papers: brought, visits: found.visits.together };
    const saved = found.visits.separate - found.visits.together;
    const first = words(guide.services.length > 1 ? "guide.result" : "guide.result_alone", counts);
    if (!counts.services || found.visits.unknown) return first;
    return first + words("guide.visits", counts) + (saved > 0 ? words("guide.saved", { count: saved }) : "");
  }

  function mine(summary) {
    const lead = make("p", { class: "lead" }, summary);
    return card(words("guide.mine"), lead, make("p", { class: "muted" }, words("guide.private")));
  }

  // Papers, as on the full page

  function papers() {
    const form = make("form", { class: "papers", autocomplete: "off", onchange: ticked, onreset: cleared });
    const grouped = GROUPS.map((_, group) => found.papers.filter((paper) => paper.group === group));
    if (!grouped[BRING].length) form.append(card(words("papers.title"), make("p", {}, words("papers.none"))));
    grouped.forEach((lines, group) => lines.length && form.append(papersOf(GROUPS[group], group, lines)));
    if (found.papers.some((paper) => paper.group !== WAIVED)) {
      const clear = make("button", { class: "button quiet", type: "reset" }, words("papers.clear"));
      form.append(make("p", { class: "clear" }, clear));
    }
    return form;
  }

  function papersOf(name, group, lines) {
    const hint = guide.words[`papers.${name}_hint`];
    const parts = [hint && make("p", { class: "muted hint" }, hint), ticklist(lines.map(paper))];
    const heading = words(`papers.${name}`, { count: lines.length });
    if (group !== BRING) return (lines.length < FOLDED_FROM ? card : folded)(heading, ...parts);
    const ready = make("p", { class: "ready", "data-text": words("papers.ready") });
    const section = card(heading, ...parts, ready);
    section.classList.add("group");
    return section;
  }

  function ticked(event) {
    const place = Number(event.target.value);
    if (event.target.checked) ticks.add(place);
    else ticks.delete(place);
    on.tick(ticks);
  }

  function cleared(event) {
    event.preventDefault();
    inputs(event.currentTarget).forEach((box) => { box.checked = false; });
    ticks.clear();
    on.tick(ticks);
  }

  function paper(one) {
    const heading = make("b", {}, guide.titles[one.title], " ", make("small", {}, amount(one)));
    tags(one).forEach((tag) => heading.append(make("em", {}, tag)));
    const lines = [].concat(...one.needs.map((need) => why(need, one.group)));
    if (found.services.length > 1) {
      lines.push(words("papers.for", { services: comma(one.needs.map((need) => title(need.service))) }));
    }
    const whys = Array.from(new Set(lines), (line) => make("small", {}, line));
    const text = make("span", {}, heading, ...whys);
    if (one.group === WAIVED) return make("div", {}, text);
    const box = make("input", { type: "checkbox", value: String(one.title) });
    box.checked = ticks.has(one.title);
    return make("label", {}, box, text);
  }

  function tags(one) {
    const waivers = one.needs.map((need) => need.paper.waiver).filter(Boolean);
    if (one.group === WAIVED) return Array.from(new Set(waivers), (waiver) => words(`waiver.${waiver}`));
    return one.needs.every((need) => need.paper.later) ? [words("papers.deferrable")] : [];
  }

  function why(need, group) {
    const cased = need.why === "in_case" && (group === IN_CASE || group === WAIVED);
    const waived = need.paper.waiver && group !== WAIVED;
    return [
      need.text,
      cased && words("papers.only_if", { case: need.paper.case }),
      waived && words("papers.waived_for", { service: title(need.service) }),
      need.paper.note,
    ].filter(Boolean);
  }

  function amount(one) {
    const counts = [];
    if (one.originals > 0) counts.push(words("form.original_count", { count: one.originals }));
    if (one.copies > 0) counts.push(words("form.copy_count", { count: one.copies }));
    return comma(counts.length ? counts : Array.from(new Set(one.needs.map((need) => words(`form.${need.paper.form}`)))));
  }

  // Windows and services

  function walkway() {
    const rows = found.stops.map((stop) => {
      const name = make("dt", {}, guide.stops[stop.stop].title);
      return make("div", {}, name, make("dd", {}, comma(stop.services.map(title))));
    });
    const buildings = new Set(found.services.map((one) => guide.services[one.service].building));
    const ways = general.filter((part) => buildings.has(part.dataset.building)).map(waysOf);
    return card(words("guide.stops"), make("dl", { class: "pairs stops" }, ...rows), ...[].concat(...ways));
  }

  // The buttons of a building, without its reminder, which is of the full list.
  function waysOf(part) {
    const copies = Array.from(part.querySelectorAll(".lead, .actions, .choices"), (one) => one.cloneNode(true));
    copies.forEach((copy) => copy.querySelectorAll("a[href$='.ics']").forEach((link) => link.remove()));
    return copies;
  }

  function doing() {
    const links = found.services.map((one) => {
      const { id, note } = guide.services[one.service];
      const name = make("span", {}, title(one.service));
      return make("a", { href: `/m/service/${id}` }, name, note && make("small", {}, note));
    });
    const rows = links.map((link) => make("li", {}, link));
    return card(words("guide.services", { count: rows.length }), make("ol", { class: "links numbered" }, ...rows));
  }

  // What is left out, and why

  function unneeded() {
    const lines = found.dropped.map((one) => because(guide.titles[one.paper.title], one.text || said(one.questions)));
    return folded(words("guide.dropped", { count: lines.length }), bullets(Array.from(new Set(lines))));
  }

  function omitted() {
    const lines = found.leftOut.map((one) => because(title(one.service), said(one.questions)));
    return folded(words("guide.left_out", { count: lines.length }), bullets(lines));
  }

  const because = (what, reason) => (reason ? words("guide.because", { title: what, reason: reason }) : what);
  const said = (ids) => comma(guide.questions.filter((one) => ids.includes(one.id)).map(worded));

  function worded(question) {
    const answer = answers.get(question.id);
    if (!Guided.given(answer)) return words("guide.unanswered");
    if (answer.day) return answer.day;
    if (typeof answer === "number") return String(answer);
    return comma(question.options.filter((one) => [].concat(answer).includes(one.id)).map((one) => one.text));
  }

  // The answers, each with a way to change it, and what else to do with the list

  function answered() {
    const rows = Guided.asked(guide, answers).map((question) => {
      const change = button(words("guide.change"), () => on.change(question), "quiet");
      change.setAttribute("aria-label", words("guide.change_label", { question: question.text }));
      const texts = [make("dt", {}, question.text), make("dd", {}, worded(question))];
      return make("div", { class: "answered" }, ...texts, make("dd", { class: "change" }, change));
    });
    const acts = [
      button(words("guide.print"), () => window.print()),
      button(words("guide.share"), share),
      button(words("guide.restart"), on.restart),
      button(words("guide.full"), on.full),
    ];
    const given = make("dl", { class: "pairs" }, ...rows);
    return card(words("guide.answers"), given, make("p", { class: "actions" }, ...acts));
  }

  // The address without what stands after the #: whoever opens it sees the full list.
  function share(event) {
    const address = location.origin + location.pathname + location.search;
    const section = event.target.closest("section");
    const shown = () => {
      if (section.querySelector(".address")) return;
      const attributes = { class: "address", readonly: "", value: address, "aria-label": words("guide.share") };
      const field = make("input", attributes);
      section.append(make("p", { role: "status" }, words("guide.share_text")), field);
      field.select();
    };
    if (!navigator.share) return shown();
    navigator.share({ title: document.title, url: address }).catch((refused) => {
      if (refused.name !== "AbortError") shown();
    });
  }

  const summary = told();
  const several = guide.services.length > 1;
  return {
    summary: summary,
    parts: [
      mine(summary),
      found.notes.length && card(words("guide.notes"), bullets(found.notes)),
      found.services.length && papers(),
      several && found.stops.length && walkway(),
      several && found.services.length && doing(),
      found.dropped.length && unneeded(),
      found.leftOut.length && omitted(),
      answered(),
    ].filter(Boolean),
  };
}
