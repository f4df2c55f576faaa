// Makes the elements that guided questions are drawn with. Every text is set as text and never read as markup.
"use strict";
function elements(texts) {
  function words(key, values) {
    return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.keys(attributes).forEach((name) => {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), attributes[name]);
      else element.setAttribute(name, attributes[name]);
    });
    children.filter(Boolean).forEach((child) => element.append(child));
    return element;
  }

  const button = (label, act, look) =>
    make("button", { type: "button", class: `button ${look || ""}`, onclick: act }, label);
  const card = (title, ...children) => make("section", { class: "card" }, make("h2", {}, title), ...children);
  const items = (lines) => lines.map((line) => make("li", {}, line));
  const bullets = (lines) => make("ul", { class: "plain" }, ...items(lines));
  const ticklist = (lines) => make("ul", { class: "ticks" }, ...items(lines));
  const comma = (parts) => parts.join(words("list.comma"));
  const inputs = (element) => Array.from(element.querySelectorAll("input"));

  function folded(title, ...children) {
    const details = make("details", {}, make("summary", {}, make("h2", {}, title)), ...children);
    return make("section", { class: "card folded" }, details);
  }

  return { words, make, button, card, bullets, ticklist, comma, inputs, folded };
}
