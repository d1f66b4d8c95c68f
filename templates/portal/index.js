"use strict";
// Shows the documents that match the filters, a page at a time. The view stands in the address after #, so that it can be kept as a bookmark.
// Text from the data only ever becomes text: no markup is made of it.
(() => {
  const PAGE = 100;
  const FIELDS = ["title", "person", "kind", "plan", "period", "department"];
  const byId = (id) => document.getElementById(id);
  const documents = JSON.parse(byId("data").textContent);
  const inputs = ["q", "plan", "period", "kind", "department"].map(byId).filter(Boolean);
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const haystacks = documents.map((d) => FIELDS.map((name) => d[name]).join("\n").toLowerCase());
  let matches = [];
  let shown = 0;

  function element(tag, text) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function row(d) {
    const made = element("tr");
    for (const name of FIELDS) made.append(element("td", d[name]));
    const files = element("td");
    for (const file of d.files) {
      const link = element("a", file.format);
      link.href = file.link;
      link.download = "";
      link.title = file.size;
      link.setAttribute("aria-label", `${file.format} ${d.title} ${d.person} ${file.size}`);
      files.append(link);
    }
    made.append(files);
    return made;
  }

  function showMore() {
    byId("rows").append(...matches.slice(shown, shown + PAGE).map(row));
    shown = Math.min(shown + PAGE, matches.length);
    byId("more").hidden = shown >= matches.length;
  }

  function update() {
    const view = new URLSearchParams(location.hash.slice(1));
    const words = (view.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = inputs.filter((i) => i.id !== "q" && view.get(i.id));
    matches = documents.filter((d, at) =>
      words.every((word) => haystacks[at].includes(word)) && wanted.every((i) => d[i.id] === view.get(i.id)));
    const [sort, down] = [view.get("sort"), view.get("down") ? -1 : 1];
    if (FIELDS.includes(sort)) matches.sort((a, b) => down * collator.compare(a[sort], b[sort]));
    for (const head of document.querySelectorAll("[data-sort]")) {
      const order = head.dataset.sort === sort ? (down < 0 ? "descending" : "ascending") : "none";
      head.closest("th").setAttribute("aria-sort", order);
    }
    const count = byId("count");
    count.textContent = matches.length ? count.dataset.found.replace("#", matches.length) : count.dataset.none;
    byId("rows").replaceChildren();
    shown = 0;
    showMore();
  }

  function keep(changes) {
    const view = new URLSearchParams(location.hash.slice(1));
    for (const [name, value] of Object.entries(changes)) value ? view.set(name, value) : view.delete(name);
    history.replaceState(null, "", `#${view}`);
    update();
  }

  function fill() {
    const view = new URLSearchParams(location.hash.slice(1));
    for (const input of inputs) input.value = view.get(input.id) || "";
    update();
  }

  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", (event) => keep({ [event.target.id]: event.target.value }));
  byId("filters").addEventListener("reset", () => keep(Object.fromEntries(inputs.map((input) => [input.id, ""]))));
  byId("more").addEventListener("click", showMore);
  for (const head of document.querySelectorAll("[data-sort]")) {
    head.addEventListener("click", () => {
      const again = head.closest("th").getAttribute("aria-sort") === "ascending";
      keep({ sort: head.dataset.sort, down: again ? "1" : "" });
    });
  }
  addEventListener("hashchange", fill);
  fill();
})();
