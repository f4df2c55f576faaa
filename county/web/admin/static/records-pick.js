// Fields that hold the id of another record: type its name, choose with the arrow keys or a touch.
(() => {
  "use strict";
  const WAIT = 200;
  let waiting = 0;

  const parts = (box) => [box.querySelector('input[type="hidden"]'), box.querySelector('[role="combobox"]'), box.querySelector('[role="listbox"]')];

  const close = (box) => {
    const [, field, list] = parts(box);
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const select = (box, option) => {
    const [value, field] = parts(box);
    value.value = option.dataset.id;
    field.value = option.dataset.title;
    field.dataset.chosen = option.dataset.title;
    close(box);
    value.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (box, found) => {
    const [, field, list] = parts(box);
    list.replaceChildren(
      ...found.map((one, place) => {
        const option = document.createElement("div");
        option.className = "list-group-item";
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        Object.assign(option.dataset, { id: one.id, title: one.title });
        const kind = document.createElement("small");
        kind.className = "text-secondary ms-2";
        kind.textContent = one.kind;
        option.append(one.title, kind);
        return option;
      }),
    );
    if (!found.length) {
      const none = document.createElement("div");
      none.className = "list-group-item text-secondary";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      none.textContent = box.dataset.none;
      list.append(none);
    }
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };

  const search = async (box) => {
    const [, field] = parts(box);
    const asked = field.value;
    const query = new URLSearchParams({ kinds: box.dataset.kinds, q: asked });
    const answer = await fetch(`/admin/references?${query}`).catch(() => null);
    if (!answer || !answer.ok || field.value !== asked || document.activeElement !== field) return;
    offer(box, await answer.json());
  };

  const move = (box, by) => {
    const [, field, list] = parts(box);
    const options = [...list.querySelectorAll("[data-id]")];
    if (!options.length) return;
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = options[(at + by + options.length) % options.length] || options[0];
    for (const option of options) option.setAttribute("aria-selected", String(option === next));
    field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  const boxOf = (event) => event.target.closest && event.target.closest(".records-pick");
  const isField = (event) => event.target.matches && event.target.matches('.records-pick [role="combobox"]');

  document.addEventListener("input", (event) => {
    if (!isField(event)) return;
    clearTimeout(waiting);
    waiting = setTimeout(search, WAIT, boxOf(event));
  });
  document.addEventListener("focusin", (event) => {
    if (isField(event)) event.target.dataset.chosen = event.target.value;
  });
  document.addEventListener("focusout", (event) => {
    if (!isField(event)) return;
    const box = boxOf(event);
    const [value, field] = parts(box);
    close(box);
    if (!field.value.trim() && value.value) {
      value.value = "";
      value.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (field.value !== field.dataset.chosen) {
      field.value = field.dataset.chosen || "";
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!isField(event)) return;
    const box = boxOf(event);
    const [, , list] = parts(box);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search(box);
      else move(box, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const option = list.querySelector('[aria-selected="true"]');
      event.preventDefault();
      if (option && !list.hidden) select(box, option);
    } else if (event.key === "Escape") {
      close(box);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest(".records-offers [data-id]");
    if (!option) return;
    event.preventDefault();
    select(option.closest(".records-pick"), option);
  });
})();
