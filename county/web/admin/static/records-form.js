// The form of a record: rows are added, moved and removed; what is typed is kept on the server and checked there.
(() => {
  "use strict";
  const QUIET = 1500;
  const BEAT = 15000;
  const form = document.getElementById("record");
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const said = JSON.parse(document.getElementById("findings").textContent);
  const status = document.querySelector("[data-status]");
  const keeping = document.querySelector("[data-keeping]");
  let fresh = Date.now();
  let dirty = Boolean(form.dataset.dirty);
  let leaving = false;
  let timer = 0;
  let running = null;

  // Rows ------------------------------------------------------------------------------------------------------------
  const rowsOf = (list) => list.querySelector(":scope > [data-rows]");

  const number = (list) => {
    const rows = [...rowsOf(list).children];
    rows.forEach((row, place) => {
      const title = row.querySelector(":scope > .card-header [data-number]");
      if (title && !list.dataset.most) title.textContent = `${title.dataset.number} ${place + 1}`;
    });
    const add = list.querySelector(":scope > [data-add]");
    add.hidden = Boolean(list.dataset.most) && rows.length >= Number(list.dataset.most);
  };

  // Rows that carry their order as a number get it from their place, once somebody changes the list.
  const reorder = (list) => {
    [...rowsOf(list).children].forEach((row, place) => {
      const order = [...row.querySelectorAll("input")].find((input) => input.name === `${row.dataset.row}.order`);
      if (order) order.value = String(place + 1);
    });
    number(list);
  };

  const toggle = (button, open) => {
    button.setAttribute("aria-expanded", String(open));
    button.closest("[data-row]").querySelector(":scope > .card-body").hidden = !open;
  };

  const reveal = (element) => {
    for (let row = element.closest("[data-row]"); row; row = row.parentElement.closest("[data-row]")) {
      const button = row.querySelector(":scope > .card-header > [data-toggle]");
      if (button) toggle(button, true);
    }
    const details = element.closest("details");
    if (details) details.open = true;
  };

  const add = (list) => {
    const template = list.querySelector(":scope > template");
    fresh += 1;
    rowsOf(list).insertAdjacentHTML("beforeend", template.innerHTML.replaceAll(template.dataset.key, `n${fresh}`));
    reorder(list);
    const row = rowsOf(list).lastElementChild;
    for (const inner of row.querySelectorAll("[data-list]")) number(inner);
    const first = row.querySelector('input:not([type="hidden"]), select, textarea');
    if (first) first.focus();
    changed();
  };

  const remove = (row) => {
    const list = row.closest("[data-list]");
    const near = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    reorder(list);
    const next = near ? near.querySelector("[data-remove]") : list.querySelector(":scope > [data-add]");
    if (next) next.focus();
    changed();
  };

  const move = (button) => {
    const row = button.closest("[data-row]");
    const up = button.dataset.move === "up";
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (up) other.before(row);
    else other.after(row);
    reorder(row.closest("[data-list]"));
    button.focus();
    changed();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("add" in button.dataset) add(button.closest("[data-list]"));
    else if ("remove" in button.dataset) remove(button.closest("[data-row]"));
    else if (button.dataset.move) move(button);
    else if ("toggle" in button.dataset) toggle(button, button.getAttribute("aria-expanded") !== "true");
  });

  // A link to a field opens the rows around it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#f-"]');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    reveal(field);
    field.focus();
    field.scrollIntoView({ block: "center" });
  });

  // A row is called by the first words in it.
  form.addEventListener("input", (event) => {
    const row = event.target.closest(".records-row");
    const first = row && row.querySelector('.card-body input[type="text"], .card-body textarea');
    if (first === event.target) row.querySelector("[data-brief]").textContent = first.value.slice(0, 60);
  });

  // Several lines pasted into a list become several items.
  form.addEventListener("paste", (event) => {
    const list = event.target.closest("[data-single]");
    const text = event.clipboardData ? event.clipboardData.getData("text") : "";
    const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (!list || !event.target.matches("input[type=text][name]") || lines.length < 2) return;
    event.preventDefault();
    event.target.value = lines[0];
    for (const line of lines.slice(1)) {
      add(list);
      rowsOf(list).lastElementChild.querySelector("[name]").value = line;
    }
    changed();
  });

  // Enter goes on to the next item of a list, and never sends the form by accident.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches('input:not([role="combobox"])')) return;
    event.preventDefault();
    const list = event.target.closest("[data-single]");
    if (list && event.target.value.trim()) add(list);
  });

  // What the checks say ---------------------------------------------------------------------------------------------
  const element = (tag, name, ...children) => {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...children);
    return made;
  };

  const finding = (one) => {
    const badge = element("span", `badge records-severity records-${one.severity}`, said.severity[one.severity]);
    const box = element("div", `records-said records-said-${one.severity}`, badge, " ", one.message);
    if (one.advice) box.append(element("small", "d-block", one.advice));
    return box;
  };

  const nearest = (place) => {
    for (let path = place; path; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
      const found = [...form.querySelectorAll("[data-said]")].find((box) => box.dataset.said === path);
      if (found) return found;
    }
    return null;
  };

  const showFindings = (findings) => {
    const general = document.querySelector("[data-general]");
    for (const box of form.querySelectorAll("[data-said]")) box.replaceChildren();
    general.replaceChildren();
    for (const one of findings) {
      const box = nearest(one.place);
      if (box) box.append(finding(one));
      const shown = finding(one);
      const field = box && document.getElementById(`f-${one.place}`);
      if (field) {
        const link = element("a", "stretched-link", "");
        link.href = `#f-${one.place}`;
        link.setAttribute("aria-label", one.message);
        shown.classList.add("position-relative");
        shown.append(link);
      }
      general.append(shown);
    }
    if (!findings.length) general.append(element("p", "mb-0", general.dataset.none));
  };

  const showErrors = (errors) => {
    for (const box of form.querySelectorAll("[data-wrong]")) {
      const text = errors[box.dataset.wrong] || "";
      const field = document.getElementById(`f-${box.dataset.wrong}`);
      box.textContent = text;
      box.classList.toggle("d-block", Boolean(text));
      if (!field) continue;
      field.classList.toggle("is-invalid", Boolean(text));
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };

  const showComplete = (found) => {
    const box = document.querySelector("[data-complete]");
    if (!found) return;
    const text = (found.level ? said.complete.of : said.complete.none).replace("%p", found.percent).replace("%l", found.level);
    const bar = element("progress", "progress", `${found.percent}%`);
    Object.assign(bar, { max: 100, value: found.percent });
    bar.setAttribute("aria-label", said.complete.title);
    const head = element("div", "d-flex justify-content-between", element("strong", "", said.complete.title), element("span", "", text));
    box.replaceChildren(head, bar, element("ul", "list-unstyled mb-0 small", ...found.missing.map((line) => element("li", "", line))));
  };

  const showOthers = (answer) => {
    const lines = [];
    if (answer.others.length) lines.push(form.dataset.someone.replace("%", answer.others.join("、")));
    if (String(answer.newest) !== form.dataset.newest) lines.push(form.dataset.newer.replace("%", answer.author));
    const text = lines.join(" ");
    if (status.textContent !== text) status.textContent = text;
  };

  // Keeping ---------------------------------------------------------------------------------------------------------
  const post = (url, body) =>
    fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" }).catch(() => null);

  const keep = async () => {
    if (running) return;
    clearTimeout(timer);
    timer = 0;
    keeping.textContent = form.dataset.typing;
    running = post(form.dataset.keep, new URLSearchParams(new FormData(form)));
    const answer = await running;
    running = null;
    if (!answer || !answer.ok) {
      keeping.textContent = answer && answer.status === 403 ? form.dataset.signedOut : form.dataset.notKept;
      timer = setTimeout(keep, BEAT);
      return;
    }
    const told = await answer.json();
    keeping.textContent = form.dataset.kept.replace("%", told.kept);
    if (timer) return;
    dirty = false;
    showErrors(told.errors);
    if (!Object.keys(told.errors).length) showFindings(told.findings);
    showComplete(told.completeness);
    showOthers(told);
    document.dispatchEvent(new CustomEvent("kept", { detail: told }));
  };

  const changed = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, QUIET);
  };

  const beat = async () => {
    const answer = await post(form.dataset.here, new URLSearchParams());
    if (answer && answer.ok) showOthers(await answer.json());
  };

  form.addEventListener("input", (event) => {
    if (!event.target.matches('[role="combobox"]')) changed();
  });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && timer && !leaving) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer && !leaving) keep();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    form.requestSubmit();
  });

  for (const list of form.querySelectorAll("[data-list]")) number(list);
  for (const box of form.querySelectorAll("[data-wrong]")) box.classList.toggle("d-block", Boolean(box.textContent.trim()));
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
  showFindings(said.findings);
  beat();
  setInterval(beat, BEAT);
})();
