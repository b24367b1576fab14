(function () {
  "use strict";
  var $ = function (q, from) { return Array.prototype.slice.call((from || document).querySelectorAll(q)); };
  var byId = function (id) { return document.getElementById(id); };
  $(".js-only").forEach(function (el) { el.hidden = false; });

  // Filters. The text of a control is looked up once, and only when somebody types.
  var form = byId("filters"), status = byId("status"), unfold = byId("unfold"), texts = new WeakMap();
  var families = $(".family").map(function (f) { return { el: f, rows: $("tbody.k", f) }; });
  var cards = $(".card[data-class]");
  function text(el) { var t = texts.get(el); if (t === undefined) { t = el.textContent.toLowerCase(); texts.set(el, t); } return t; }
  function apply() {
    var q = form.q.value.trim().toLowerCase(), c = form.elements["class"].value, s = form.elements.status.value, family = form.family.value;
    var shown = 0, all = 0;
    families.forEach(function (f) {
      var own = 0, here = !family || f.el.id === family;
      f.rows.forEach(function (row) {
        var d = row.dataset, fits = here && (!c || (c === "open" ? "o" in d : d.c === c)) && (!s || d.s === s) && (!q || text(row).indexOf(q) >= 0);
        row.hidden = !fits; own += fits ? 1 : 0;
      });
      f.el.hidden = own === 0; shown += own; all += f.rows.length;
    });
    cards.forEach(function (card) { card.setAttribute("aria-pressed", card.dataset.class === c ? "true" : "false"); });
    status.textContent = q || c || s || family ? shown + " of " + all + " controls" : "";
  }
  var waiting = 0;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("submit", function (e) { e.preventDefault(); apply(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  cards.forEach(function (card) {
    card.setAttribute("role", "button"); card.setAttribute("aria-pressed", "false");
    function press(e) { e.preventDefault(); var select = form.elements["class"]; select.value = select.value === card.dataset.class ? "" : card.dataset.class; apply(); }
    card.addEventListener("click", press);
    card.addEventListener("keydown", function (e) { if (e.key === " ") press(e); });
  });
  unfold.addEventListener("click", function () {
    var open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", open ? "true" : "false");
    $("tbody.k:not([hidden]) details").forEach(function (d) { d.open = open; });
  });
  apply();

  // Paper shows everything that is folded.
  var folded = [];
  window.addEventListener("beforeprint", function () { folded = $("tbody.k:not([hidden]) details:not([open])"); folded.forEach(function (d) { d.open = true; }); });
  window.addEventListener("afterprint", function () { folded.forEach(function (d) { d.open = false; }); folded = []; });
})();
