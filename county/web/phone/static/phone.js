// Keeps the ticks of a list on this phone, and nowhere else.
"use strict";
(function () {
  var form = document.querySelector("form[data-ticks]");
  if (!form) return;
  var name = "ticks:" + location.pathname;
  var boxes = Array.prototype.slice.call(form.querySelectorAll("input[type=checkbox]"));

  function read() {
    try {
      return JSON.parse(localStorage.getItem(name)) || [];
    } catch (refused) {
      return [];
    }
  }

  function keep(ticked) {
    try {
      if (ticked.length) {
        localStorage.setItem(name, JSON.stringify(ticked.map(function (box) { return box.value; })));
      } else {
        localStorage.removeItem(name);
      }
    } catch (refused) {
      // A browser without storage still ticks until the page is left.
    }
  }

  var kept = read();
  boxes.forEach(function (box) { box.checked = kept.indexOf(box.value) >= 0; });
  form.addEventListener("change", function () {
    keep(boxes.filter(function (box) { return box.checked; }));
  });
  form.addEventListener("reset", function () { keep([]); });
})();

// Shows the list that stands after the # of the address, and nowhere else.
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

  function entry(body) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var title = document.createElement("span");
    link.href = index[body][0];
    title.textContent = index[body][1];
    link.appendChild(title);
    item.appendChild(link);
    list.appendChild(item);
  }

  function draw() {
    var codes = location.hash.toUpperCase().split(/[^0-9A-Z]+/).filter(function (code) { return code.length > 4; });
    var missing = 0;
    list.textContent = "";
    codes.forEach(function (code) {
      var found = bodies.filter(function (body) { return body.indexOf(code.slice(0, -1)) === 0; });
      found.forEach(entry);
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
