// Choices (large text, dark) are applied before the page is painted and kept on this device; tables get a filter and sorting.
// Everything works without this file.
(function () {
  "use strict";
  var root = document.documentElement, key = "gongshi:";
  function read(name) { try { return localStorage.getItem(key + name); } catch (e) { return null; } }
  function keep(name, value) { try { localStorage.setItem(key + name, value); } catch (e) { /* private mode: the choice lasts for this page */ } }
  function system() { return !!window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches; }
  function dark(on) { root.classList.toggle("dark", on); root.classList.toggle("light", !on); }
  root.classList.add("js");
  if (read("big") === "1") root.classList.add("big");
  if (read("dark") !== null) dark(read("dark") === "1");

  function toggles() {
    var big = document.getElementById("big"), night = document.getElementById("dark");
    if (!big || !night) return;
    big.checked = root.classList.contains("big");
    night.checked = root.classList.contains("dark") || (!root.classList.contains("light") && system());
    big.addEventListener("change", function () { root.classList.toggle("big", big.checked); keep("big", big.checked ? "1" : "0"); });
    night.addEventListener("change", function () { dark(night.checked); keep("dark", night.checked ? "1" : "0"); });
  }

  function rowsOf(table) { return Array.prototype.slice.call(table.tBodies[0].rows); }

  function filter(table) {
    var rows = rowsOf(table), box = document.createElement("p"), label = document.createElement("label");
    var input = document.createElement("input"), out = document.createElement("span");
    box.className = "filter"; input.type = "text"; input.autocomplete = "off"; out.setAttribute("role", "status");
    label.appendChild(document.createTextNode(table.getAttribute("data-table") + " ")); label.appendChild(input);
    box.appendChild(label); box.appendChild(out);
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/), shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
        if (!row.hidden) shown += 1;
      });
      out.textContent = input.value ? table.getAttribute("data-shown") + " " + shown + " / " + rows.length : "";
    });
    var place = table.parentNode.className === "tw" ? table.parentNode : table;
    place.parentNode.insertBefore(box, place);
  }

  function value(row, column) {
    var cell = row.cells[column], time = cell.querySelector("time"), text = time ? time.getAttribute("datetime") : cell.textContent.trim();
    var number = text.replace(/[,\s]/g, "");
    return /^-?\d+(\.\d+)?$/.test(number) ? parseFloat(number) : text;
  }

  function sorting(table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button"; button.className = "sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (h) { h.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
        rowsOf(table).sort(function (a, b) {
          var x = value(a, column), y = value(b, column);
          if (typeof x === "number" && typeof y === "number") return (x - y) * down;
          return String(x).localeCompare(String(y), root.lang) * down;
        }).forEach(function (row) { table.tBodies[0].appendChild(row); });
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    toggles();
    Array.prototype.forEach.call(document.querySelectorAll("table[data-table]"), function (table) {
      if (table.tBodies[0].rows.length > 9) { filter(table); }
      if (table.tBodies[0].rows.length > 3) { sorting(table); }
    });
  });
})();
