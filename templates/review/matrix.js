"use strict";
(() => {
  const form = document.querySelector("form");
  const rows = [...document.querySelectorAll("tbody tr")];
  const status = document.querySelector("[role=status]");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const has = (row, name, wanted) => !wanted || row.dataset[name].split(" ").includes(wanted);

  const filter = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => texts.get(row).includes(word)) &&
        ["scope", "method", "level"].every((name) => has(row, name, form.elements[name].value));
      row.hidden = !fits;
      shown += fits;
    }
    status.textContent = `${shown} of ${rows.length} requests`;
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  filter();
})();
