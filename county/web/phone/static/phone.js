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
