"use strict";
// Shows the documents that match the filters, a page at a time. The view stands in the address after #, so that it can be kept as a bookmark.
// Text from the data only ever becomes text: no markup is made of it.
(() => {
  const PAGE = 100;
  const FILTERS = ["plan", "period", "kind", "department", "edition", "format"];
  const COLUMNS = ["title", "kind", "plan", "period", "department"];
  const byId = (id) => document.getElementById(id);
  const table = document.querySelector("table");
  const heads = [...document.querySelectorAll("[data-sort]")];
  const inputs = ["q", ...FILTERS].map(byId);
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });

  // Full-width and half-width forms, and capitals and small letters, are one to a search.
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const number = (count) => count.toLocaleString(language);
  const fill = (pattern, fields) => pattern.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

  // What there is to show.
  const data = JSON.parse(byId("data").textContent);
  const documents = data.documents.map(([path, title, name, id, plan, period, kind, department, edition, files, outdated]) => {
    const d = { path, title, name, id, files, outdated, format: files.map(([format]) => format) };
    Object.assign(d, { plan: data.plan[plan], period: data.period[period], kind: data.kind[kind], department: data.department[department] });
    d.edition = data.edition[edition];
    d.text = fold([title, name, id, d.plan, d.period, d.kind, d.department, d.edition].join("\n"));
    return d;
  });
  const valuesOf = (d, filter) => (filter === "format" ? d.format : [d[filter]]);

  // The values of a column in order: periods come in theirs, words follow the language.
  function inOrder(column) {
    if (column === "period") return data.period;
    return [...new Set(documents.flatMap((d) => valuesOf(d, column)))].sort(collator.compare);
  }

  // All documents sorted by a column; each order is made once. Equal ones stay as they are: by plan, period, kind and person.
  const orders = new Map();
  function sorted(column, down) {
    const key = `${column} ${down}`;
    if (!orders.has(key)) {
      const ranks = new Map(inOrder(column).map((value, rank) => [value, down ? -rank : rank]));
      orders.set(key, [...documents].sort((a, b) => ranks.get(a[column]) - ranks.get(b[column])));
    }
    return orders.get(key);
  }

  // The view that the address names; without one, the newest period comes first.
  function readView() {
    const named = new URLSearchParams(location.hash.slice(1));
    const view = Object.fromEntries(inputs.map(({ id }) => [id, named.get(id) || ""]));
    const valid = COLUMNS.includes(named.get("sort"));
    return { ...view, sort: valid ? named.get("sort") : "period", down: valid ? Boolean(named.get("down")) : true };
  }

  function writeView(view) {
    const named = new URLSearchParams();
    for (const { id } of inputs) if (view[id]) named.set(id, view[id]);
    if (view.sort !== "period" || !view.down) named.set("sort", view.sort);
    if (view.sort !== "period" && view.down) named.set("down", "1");
    history.replaceState(null, "", `#${named}`);
    show(view);
  }

  // The documents of a view; and for each choice of each filter, how many there would be with it.
  function find(view) {
    const words = fold(view.q).split(/\s+/).filter(Boolean);
    const counts = Object.fromEntries(FILTERS.map((filter) => [filter, new Map()]));
    const found = [];
    for (const d of sorted(view.sort, view.down)) {
      if (!words.every((word) => d.text.includes(word))) continue;
      const missed = FILTERS.filter((filter) => view[filter] && !valuesOf(d, filter).includes(view[filter]));
      if (missed.length > 1) continue;
      for (const filter of missed.length ? missed : FILTERS) {
        for (const value of valuesOf(d, filter)) counts[filter].set(value, (counts[filter].get(value) || 0) + 1);
      }
      if (!missed.length) found.push(d);
    }
    return { found, counts };
  }

  function element(tag, className, ...content) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function link(d, [, suffix], className, ...content) {
    const made = element("a", className, ...content);
    made.href = d.path.split("/").map(encodeURIComponent).join("/") + encodeURIComponent(suffix);
    // Browsers show these; without a server they do so even where they are asked to download.
    if (suffix === ".pdf" || suffix === ".html") Object.assign(made, { target: "_blank", rel: "noopener" });
    return made;
  }

  function row(d) {
    const shown = d.files.find(([, suffix]) => suffix === ".html" || suffix === ".pdf");
    const title = shown ? link(d, shown, "", d.title) : element("span", "", d.title);
    const person = [d.name, d.id, d.edition].filter(Boolean).map((text) => element("span", "", text));
    if (d.outdated) person.push(element("span", "outdated", table.dataset.outdated));
    const cells = [element("td", "title", title, ...(person.length ? [element("div", "person", ...person)] : []))];
    for (const column of COLUMNS.slice(1)) cells.push(element("td", column, d[column]));
    const downloads = d.files.map((file) => {
      const [format, suffix, size] = file;
      const made = link(d, file, "file", element("b", "", format), " ", element("span", "", size));
      const of = [d.title, d.name, d.id, d.edition].filter(Boolean).join(" ");
      made.setAttribute("aria-label", fill(table.dataset.download, { format, size, document: of }));
      if (suffix !== ".html") made.download = "";
      return made;
    });
    cells.push(element("td", "files", ...downloads));
    for (const cell of cells) cell.setAttribute("role", "cell");
    const made = element("tr", "", ...cells);
    made.setAttribute("role", "row");
    return made;
  }

  let found = [];
  let shown = 0;

  function showMore() {
    byId("rows").append(...found.slice(shown, shown + PAGE).map(row));
    shown = Math.min(shown + PAGE, found.length);
    const rest = found.length - shown;
    byId("more").hidden = rest === 0;
    byId("more").textContent = fill(byId("more").dataset.text, { next: number(Math.min(PAGE, rest)), rest: number(rest) });
  }

  function showChoices(filter, chosen, counts) {
    const select = byId(filter);
    // A bookmark may name what is no longer there; it is shown as such, with no documents.
    if (chosen && ![...select.options].some((option) => option.value === chosen)) select.add(new Option(chosen, chosen));
    for (const option of [...select.options].slice(1)) {
      const count = counts.get(option.value) || 0;
      const taken = option.value === chosen;
      option.text = taken ? chosen : fill(table.dataset.option, { name: option.value, count: number(count) });
      option.disabled = count === 0 && !taken;
    }
    select.value = chosen;
    select.classList.toggle("chosen", Boolean(chosen));
  }

  function show(view) {
    const result = find(view);
    found = result.found;
    if (byId("q").value !== view.q) byId("q").value = view.q;
    for (const filter of FILTERS) showChoices(filter, view[filter], result.counts[filter]);
    for (const head of heads) {
      const order = head.dataset.sort === view.sort ? (view.down ? "descending" : "ascending") : "none";
      head.closest("th").setAttribute("aria-sort", order);
    }
    const limited = inputs.some(({ id }) => view[id]);
    const { all, found: some } = byId("count").dataset;
    byId("count").textContent = fill(limited ? some : all, { found: number(found.length), total: number(documents.length) });
    byId("reset").hidden = !limited;
    byId("empty").hidden = documents.length > 0;
    byId("nothing").hidden = found.length > 0 || documents.length === 0;
    table.hidden = found.length === 0;
    byId("rows").replaceChildren();
    shown = 0;
    showMore();
  }

  function limit(event) {
    // While an input method composes, the box holds letters, not yet the words that are meant.
    if (!event.isComposing) writeView({ ...readView(), [event.target.id]: event.target.value });
  }

  for (const filter of FILTERS) {
    const values = inOrder(filter).filter(Boolean);
    if (filter === "period") values.reverse();
    for (const value of values) byId(filter).add(new Option(value, value));
    if (filter === "edition") byId(filter).parentElement.hidden = values.length === 0;
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", limit);
  byId("filters").addEventListener("compositionend", limit);
  byId("reset").addEventListener("click", () => {
    const { sort, down } = readView();
    writeView({ sort, down, ...Object.fromEntries(inputs.map(({ id }) => [id, ""])) });
    byId("q").focus();
  });
  byId("more").addEventListener("click", () => {
    const next = shown;
    showMore();
    byId("rows").children[next].querySelector("a").focus({ preventScroll: true });
  });
  for (const head of heads) {
    head.addEventListener("click", () => {
      const view = readView();
      const sort = head.dataset.sort;
      writeView({ ...view, sort, down: view.sort === sort ? !view.down : sort === "period" });
    });
  }
  addEventListener("hashchange", () => show(readView()));
  byId("unready").remove();
  byId("app").hidden = false;
  show(readView());
})();
