// Shows the list that stands after the # of the address, and nowhere else. An entry is a code, or a code, a hyphen and
// the answers to guided questions, which go into the fragment of its own page.
"use strict";
(function () {
  var section = document.querySelector("[data-list]");
  if (!section) return;
  var index = JSON.parse(document.getElementById("index").textContent);
  var bodies = Object.keys(index);
  var list = section.querySelector("ul");
  var lost = section.querySelector("[data-lost]");
  var none = document.querySelector("[data-none]");
  var languages = Array.prototype.slice.call(document.querySelectorAll("a.language"));
  var addresses = languages.map(function (link) { return link.getAttribute("href"); });

  function entry(body, answers) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var title = document.createElement("span");
    link.href = index[body][0] + (answers ? "#a=" + answers : "");
    title.textContent = index[body][1];
    link.appendChild(title);
    if (answers) {
      var note = document.createElement("small");
      note.textContent = section.getAttribute("data-answered");
      link.appendChild(note);
    }
    item.appendChild(link);
    list.appendChild(item);
  }

  function draw() {
    var codes = location.hash.toUpperCase().split(/[^0-9A-Z-]+/).filter(function (code) { return code.length > 4; });
    var missing = 0;
    list.textContent = "";
    codes.forEach(function (entered) {
      var parts = entered.split("-");
      var code = parts[0].slice(0, -1);
      var found = bodies.filter(function (body) { return code.length > 3 && body.indexOf(code) === 0; });
      found.forEach(function (body) { entry(body, parts[1]); });
      if (!found.length) missing += 1;
    });
    section.hidden = !codes.length;
    none.hidden = codes.length > 0;
    lost.hidden = !missing;
    lost.textContent = lost.getAttribute("data-lost").replace("#", missing);
    languages.forEach(function (link, at) { link.href = addresses[at] + location.hash; });
  }

  draw();
  window.addEventListener("hashchange", draw);
})();

// Several codes typed at once are a list: they go after the #, too.
(function () {
  var form = document.querySelector("form[data-codes]");
  if (!form) return;
  form.addEventListener("submit", function (event) {
    var codes = form.elements.code.value.toUpperCase().split(/[^0-9A-Z]+/).filter(Boolean);
    if (codes.length < 2) return;
    event.preventDefault();
    location.href = "/m/list#" + codes.join(".");
  });
})();
