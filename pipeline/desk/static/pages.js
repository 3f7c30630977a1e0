// Closes menus when a click falls outside of them.
document.body.addEventListener("click", (event) => {
  const inside = event.target.closest("details");
  for (const open of document.querySelectorAll("header details[open], .page-header details[open]")) {
    if (open !== inside) open.open = false;
  }
});

// Says to screen readers what Datasette's own pages leave unsaid.
const set = (selector, name, value) => {
  for (const found of document.querySelectorAll(selector)) {
    if (!found.hasAttribute(name)) found.setAttribute(name, value);
  }
};
set("html", "lang", "en");
set("section.content", "role", "main");
set("section.content h3", "aria-level", "2");
set("select[name=_sort]", "aria-label", "Column to sort by");
set("select[name^=_filter_column]", "aria-label", "Column to filter by");
set("select[name^=_filter_op]", "aria-label", "How to compare");
set("input[name^=_filter_value]", "aria-label", "Value to compare with");
set("dl.column-descriptions, .row-data dd.col-text", "tabindex", "0");
set(".table-wrapper, .facet-info ul", "tabindex", "0");
