// Keeps the ticks of a list on this phone, and nowhere else.
"use strict";
(function () {
  var form = document.querySelector("form[data-ticks]");
  if (!form) return;
  var name = "ticks:" + location.pathname;
  var boxes = Array.prototype.slice.call(form.querySelectorAll("input[type=checkbox]"));

  function title(box) {
    return box.parentNode.querySelector("b").firstChild.textContent.trim();
  }

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
        localStorage.setItem(name, JSON.stringify(ticked.map(title)));
      } else {
        localStorage.removeItem(name);
      }
    } catch (refused) {
      // A browser without storage still ticks until the page is left.
    }
  }

  var kept = read();
  boxes.forEach(function (box) { box.checked = kept.indexOf(title(box)) >= 0; });
  form.addEventListener("change", function () {
    keep(boxes.filter(function (box) { return box.checked; }));
  });
  form.addEventListener("reset", function () { keep([]); });
})();

// Shows the clauses of a policy first whose numbers stand after the # of the address, as in #c=3.1.
(function () {
  var chosen = document.querySelector("[data-chosen]");
  if (!chosen) return;
  var rest = document.querySelector("[data-clauses]");
  var clauses = Array.prototype.slice.call(rest.querySelectorAll("[data-clause]"));
  var languages = Array.prototype.slice.call(document.querySelectorAll("a.language"));
  var addresses = languages.map(function (link) { return link.getAttribute("href"); });

  function draw() {
    var named = /^#c=([0-9.]+)$/.exec(location.hash);
    var found = (named ? named[1].split(".") : []).map(function (number) {
      return clauses[Number(number) - 1];
    }).filter(Boolean);
    clauses.forEach(function (clause) { rest.appendChild(clause); });
    found.forEach(function (clause) { chosen.appendChild(clause); });
    chosen.hidden = !found.length;
    rest.hidden = found.length > 0 && !rest.querySelector("[data-clause]");
    languages.forEach(function (link, at) { link.href = addresses[at] + (found.length ? location.hash : ""); });
  }

  draw();
  window.addEventListener("hashchange", draw);
})();
