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
