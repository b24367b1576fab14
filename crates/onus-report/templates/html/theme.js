(function () {
  "use strict";
  // The theme: the system's until the button is used; all pages keep it under the same name.
  var root = document.documentElement, theme = document.getElementById("theme"), prefers = matchMedia("(prefers-color-scheme: dark)");
  function dark() { return root.dataset.theme ? root.dataset.theme === "dark" : prefers.matches; }
  function label() { theme.textContent = dark() ? "Light" : "Dark"; theme.setAttribute("aria-label", "Switch to " + (dark() ? "light" : "dark") + " colours"); }
  try { var kept = localStorage.getItem("onus-theme"); if (kept === "dark" || kept === "light") root.dataset.theme = kept; } catch (e) { /* no storage: the choice lasts for this visit */ }
  theme.addEventListener("click", function () { root.dataset.theme = dark() ? "light" : "dark"; try { localStorage.setItem("onus-theme", root.dataset.theme); } catch (e) { /* as above */ } label(); });
  prefers.addEventListener("change", label); label();
})();
