(function () {
  "use strict";
  var $ = function (q, from) { return Array.prototype.slice.call((from || document).querySelectorAll(q)); };
  var byId = function (id) { return document.getElementById(id); };
  $(".js-only").forEach(function (el) { if (el.id !== "panel") el.hidden = false; });

  // Filters: the form is the state, the address carries it, everything else follows.
  var form = byId("filters"), status = byId("status"), texts = new WeakMap();
  var groups = $(".g"), duties = $(".d"), passed = $(".p"), controls = $(".k"), cells = $(".cell"), chart = byId("chart-svg"), services = $(".service");
  groups.forEach(function (g) { g.rows = $(".f", g); });
  services.forEach(function (s) { s.rows = $(".d", s); });
  function text(el) { var t = texts.get(el); if (t === undefined) { t = el.textContent.toLowerCase(); texts.set(el, t); } return t; }
  function checked(name) { return $("input[name=" + name + "]:checked", form).map(function (i) { return i.value; }); }
  function read() { return { q: form.q.value.trim().toLowerCase(), service: form.service.value, layer: form.layer.value, severity: checked("severity"), state: checked("state") }; }
  function any(list, value) { return !list.length || list.indexOf(value) >= 0; }
  function has(list, value) { return !value || (" " + (list || "") + " ").indexOf(" " + value + " ") >= 0; }
  function show(el, yes) { el.hidden = !yes; return yes ? 1 : 0; }
  function number(n) { return n.toString().replace(/\B(?=(\d{3})+$)/g, ","); }
  function count(el, shown) { if (!el) return; var all = +el.dataset.all; el.textContent = shown === all || shown === null ? number(all) : number(shown) + " of " + number(all); }
  function apply() {
    var f = read(), active = !!(f.q || f.service || f.layer || f.severity.length || f.state.length), total = 0, all = 0, tally = {};
    groups.forEach(function (g) {
      var d = g.dataset, fits = any(f.severity, d.v) && any(f.state, d.t) && (!f.layer || f.layer === d.l), own = 0;
      var words = fits && f.q ? text($("h3", g)[0]) + " " + text($("dl", g)[0]) : "";
      g.rows.forEach(function (row) { own += show(row, fits && has(row.dataset.c, f.service) && (!f.q || words.indexOf(f.q) >= 0 || text(row).indexOf(f.q) >= 0)); });
      show(g, own > 0); count($("h3 .count", g)[0], own); total += own; all += g.rows.length;
      var section = g.parentNode.id; tally[section] = (tally[section] || 0) + own;
    });
    ["not-met", "undetermined", "waived"].forEach(function (id) { var el = $("#" + id + "-h .count")[0]; count(el, active ? tally[id] || 0 : null); });
    var n = 0, shownDuties = 0;
    services.forEach(function (s) {
      var own = 0, head = f.q && text($("summary", s)[0]).indexOf(f.q) >= 0;
      s.rows.forEach(function (row) { var d = row.dataset; own += show(row, has(d.c, f.service) && (!f.layer || f.layer === d.l) && (!f.state.length || f.state.indexOf(d.t) >= 0) && (!f.q || head || text(row).indexOf(f.q) >= 0)); });
      n += show(s, own > 0 || !active); shownDuties += own;
    });
    count($("#services-h .count")[0], n);
    n = 0; passed.forEach(function (row) { var d = row.dataset, yes = any(f.state, "met") && !f.severity.length && has(d.c, f.service) && (!f.layer || f.layer === d.l) && (!f.q || text(row).indexOf(f.q) >= 0); show(row, yes); if (yes) n += +d.n; });
    count($("#passed-h .count")[0], n);
    n = 0; controls.forEach(function (row) { n += show(row, !f.q || text(row).indexOf(f.q) >= 0); });
    count($("#controls-h .count")[0], n);
    var dim = !!(f.service || f.layer || f.state.length);
    if (chart) chart.classList.toggle("filtered", dim);
    cells.forEach(function (c) { c.classList.toggle("match", dim && has(c.dataset.c, f.service) && (!f.layer || f.layer === c.dataset.l) && (!f.state.length || f.state.indexOf(c.dataset.t) >= 0)); });
    $(".card").forEach(function (c) { if (c.dataset.state !== "aws") c.setAttribute("aria-pressed", f.state.length === 1 && f.state[0] === c.dataset.state ? "true" : "false"); });
    status.textContent = active ? "Showing " + number(total) + " of " + number(all) + " findings and " + number(shownDuties) + " of " + number(duties.length) + " cells." : "";
    return f;
  }
  function write(f) {
    var p = new URLSearchParams();
    ["q", "service", "layer"].forEach(function (k) { if (f[k]) p.set(k, f[k]); });
    ["severity", "state"].forEach(function (k) { if (f[k].length) p.set(k, f[k].join(",")); });
    var hash = p.toString();
    try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); } catch (e) { /* a sandboxed page may not: the filter works all the same */ }
  }
  function restore() {
    var hash = location.hash.slice(1);
    if (hash.indexOf("=") < 0) return false;
    var p = new URLSearchParams(hash);
    form.q.value = p.get("q") || ""; form.service.value = p.get("service") || ""; form.layer.value = p.get("layer") || "";
    ["severity", "state"].forEach(function (k) { var on = (p.get(k) || "").split(","); $("input[name=" + k + "]", form).forEach(function (i) { i.checked = on.indexOf(i.value) >= 0; }); });
    return true;
  }
  var timer;
  form.addEventListener("input", function (e) { clearTimeout(timer); timer = setTimeout(function () { write(apply()); }, e.target.name === "q" ? 120 : 0); });
  form.addEventListener("reset", function () { setTimeout(function () { write(apply()); }, 0); });
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  window.addEventListener("hashchange", function () { if (restore()) apply(); else reveal(); });
  $(".card").forEach(function (c) {
    if (c.dataset.state === "aws") return;
    c.setAttribute("role", "button");
    c.addEventListener("click", function (e) { e.preventDefault(); var was = c.getAttribute("aria-pressed") === "true"; form.reset(); setTimeout(function () { $("input[name=state]", form).forEach(function (i) { i.checked = !was && i.value === c.dataset.state; }); write(apply()); }, 0); });
    c.addEventListener("keydown", function (e) { if (e.key === " ") { e.preventDefault(); c.click(); } });
  });
  if (matchMedia("(max-width: 720px)").matches) $("details", form)[0].open = false;
  if (restore()) apply(); else { apply(); reveal(); }

  // A link to something folded or filtered away shows it.
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1)), target = id && byId(id);
    if (!target) return;
    for (var el = target; el && el !== document.body; el = el.parentNode) { if (el.tagName === "DETAILS") el.open = true; if (el.hidden) { form.reset(); setTimeout(apply, 0); } }
    target.scrollIntoView({ behavior: "instant" });
  }
  document.addEventListener("click", function (e) {
    var a = e.target.closest && e.target.closest("a[href^='#']");
    if (a && a.getAttribute("href") === location.hash) reveal();
  });

  // The panel: what the row of a cell says, beside the chart.
  var panel = byId("panel"), opener = null;
  function node(tag, words, cls) { var el = document.createElement(tag); if (words) el.textContent = words; if (cls) el.className = cls; return el; }
  function close() { if (panel.hidden) return; panel.hidden = true; if (opener) { opener.classList.remove("on"); opener.focus(); opener = null; } }
  function open(cell) {
    var row = byId(decodeURIComponent(cell.getAttribute("href").slice(1)));
    if (!row) return false;
    if (opener) opener.classList.remove("on");
    opener = cell; cell.classList.add("on");
    var service = row.closest(".service"), parts = row.cells, head = node("h2", parts[0].textContent); head.id = "panel-h";
    var shut = node("button", "Close", "close"); shut.type = "button"; shut.addEventListener("click", close);
    panel.replaceChildren(shut, head, node("p", $("h3", service)[0].textContent + ", " + $(".name", service)[0].textContent, "sub"));
    function put(title, from) { if (!from || !from.textContent.trim()) return; panel.append(node("h3", title)); var box = node("div"); Array.prototype.forEach.call(from.childNodes, function (c) { box.append(c.cloneNode(true)); }); $("details", box).forEach(function (d) { d.open = true; }); $("[id]", box).forEach(function (d) { d.removeAttribute("id"); }); panel.append(box); }
    put("Whose", parts[1]);
    if (parts.length === 3) put("Why it does not apply", parts[2]); else { put("AWS provides", parts[2]); put("You are responsible for", parts[3]); }
    var p = node("p"), a = node("a", "All layers of this service"); a.href = "#" + service.id; p.append(a); panel.append(p);
    $("a[href^='#']", panel).forEach(function (l) { l.addEventListener("click", function () { panel.hidden = true; if (opener) opener.classList.remove("on"); opener = null; }); });
    var box = cell.getBoundingClientRect(); panel.classList.toggle("left", box.right > innerWidth - 450 && box.left > 450);
    panel.hidden = false; panel.scrollTop = 0; panel.focus();
    return true;
  }
  cells.forEach(function (cell) { cell.addEventListener("click", function (e) { if (!(e.ctrlKey || e.metaKey || e.shiftKey) && open(cell)) e.preventDefault(); }); });
  document.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });

  // The chart is one stop for the tab key; arrows move within it.
  var columns = chart ? $(":scope > g", chart).map(function (g) { return $("a.cell", g); }).filter(function (c) { return c.length; }) : [];
  function rove(to) { cells.forEach(function (c) { c.setAttribute("tabindex", c === to ? "0" : "-1"); }); }
  if (columns.length) {
    rove(columns[0][0]);
    chart.addEventListener("focusin", function (e) { var c = e.target.closest("a.cell"); if (c) rove(c); });
    chart.addEventListener("keydown", function (e) {
      var c = document.activeElement, x = columns.findIndex(function (col) { return col.indexOf(c) >= 0; });
      if (x < 0) return;
      var y = columns[x].indexOf(c), step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key], to;
      if (step) to = columns[x + step[0]] && columns[x + step[0]][y + step[1]];
      else if (e.key === "Home") to = columns[0][y];
      else if (e.key === "End") to = columns[columns.length - 1][y];
      else return;
      e.preventDefault();
      if (to) { rove(to); to.focus(); }
    });
  }

  // Paper shows everything that is folded.
  var folded = [];
  window.addEventListener("beforeprint", function () { folded = $("details:not([open])").filter(function (d) { return !d.classList.contains("as-table"); }); folded.forEach(function (d) { d.open = true; }); });
  window.addEventListener("afterprint", function () { folded.forEach(function (d) { d.open = false; }); folded = []; });
})();
