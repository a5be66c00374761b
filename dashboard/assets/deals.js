/* What happens in the browser alone on the Deals page: the row that stands open beside the table, the columns, and the order in words. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const element = (id) => document.getElementById(id);
  const PATH = "/deals";
  const ROW = /^(deal|record)=/;

  const partsOf = (search) => search.replace(/^\?/, "").split("&").filter(Boolean);
  const together = (parts) => PATH + (parts.length ? "?" + parts.join("&") : "");

  function kind() {
    return new URLSearchParams(location.search).getAll("unit").includes("claims") ? "record" : "deal";
  }

  function openRow() {
    return location.pathname === PATH ? new URLSearchParams(location.search).get(kind()) : null;
  }

  function withRow(id) {
    const rest = partsOf(location.search).filter((part) => !ROW.test(part));
    return together(id ? [kind() + "=" + encodeURIComponent(id)].concat(rest) : rest);
  }

  function gridApi() {
    try { return window.dash_ag_grid.getApi("grid"); } catch (error) { return null; }
  }

  // Where the focus goes once the panel is there: its heading, or the button that led from row to row.
  let wanted = null;
  let last = null;

  function open(id, focus) {
    wanted = focus || "beside-title";
    if (openRow() === id) return focusWanted();
    const address = withRow(id);
    // From row to row is no step: back closes the panel.
    if (openRow()) {
      history.replaceState(history.state, "", address);
      window.dash_clientside.address.replace(address);
    } else window.dash_clientside.address.step(address);
    last = id;
    set("beside-row", { data: id });
  }

  function close() {
    if (!openRow()) return;
    if (history.state && history.state.step) return history.back();
    window.dash_clientside.address.replace(withRow(null));
    set("beside-row", { data: null });
  }

  function focusWanted() {
    const found = wanted && element(wanted);
    if (!found) return;
    wanted = null;
    found.focus({ preventScroll: true });
    element("beside").scrollIntoView({ block: "nearest" });
  }

  function backToRow() {
    const api = gridApi();
    const node = api && last && api.getRowNode(last);
    if (node && node.rowIndex !== null && node.displayed) {
      api.ensureIndexVisible(node.rowIndex);
      const held = api.getFocusedCell();
      api.setFocusedCell(node.rowIndex, held ? held.column : api.getAllDisplayedColumns()[0]);
    } else if (element("columns-toggle")) element("columns-toggle").focus();
  }

  // Which row is marked, and what the panel says of its place.
  function placed() {
    const api = gridApi();
    if (!api || location.pathname !== PATH) return;
    const id = openRow();
    const node = id && api.getRowNode(id);
    if (node && node.data) node.setSelected(true, true);
    else api.deselectAll();
    if (!element("beside-place")) return;
    const known = node && node.data && node.rowIndex !== null;
    const count = api.getDisplayedRowCount();
    set("beside-place", { children: known ? "Row " + (node.rowIndex + 1).toLocaleString("en") + " of " + count.toLocaleString("en") : "" });
    for (const [button, at] of [["beside-previous", known && node.rowIndex > 0], ["beside-next", known && node.rowIndex + 1 < count]])
      element(button).setAttribute("aria-disabled", at ? "false" : "true");
  }

  function step(by, button) {
    const api = gridApi();
    const node = api && api.getRowNode(openRow());
    if (!node || node.rowIndex === null) return;
    const index = node.rowIndex + by;
    if (index < 0 || index >= api.getDisplayedRowCount()) return;
    const page = Math.floor(index / api.paginationGetPageSize());
    if (page !== api.paginationGetCurrentPage()) api.paginationGoToPage(page);
    api.ensureIndexVisible(index);
    const reach = () => {
      const next = api.getDisplayedRowAtIndex(index);
      if (!next || !next.data) return false;
      api.removeEventListener("modelUpdated", reach);
      open(next.data.id, button);
      return true;
    };
    if (!reach()) api.addEventListener("modelUpdated", reach);
  }

  function ordered(api) {
    const sorted = api.getColumnState().filter((one) => one.sort).sort((a, b) => a.sortIndex - b.sortIndex);
    const words = sorted.map((one) => {
      const definition = api.getColumnDef(one.colId);
      const down = one.sort === "desc";
      let way = down ? "Z to A" : "A to Z";
      if (one.colId === "published") way = down ? "newest first" : "oldest first";
      else if (definition.filter === "agNumberColumnFilter") way = down ? "highest first" : "lowest first";
      return definition.headerName + ", " + way;
    });
    const how = " A click on a heading sorts by it; with Shift, by several, one within the other.";
    return (words.length ? "Sorted by " + words.join("; then ") + "." : "Not sorted.") + how;
  }

  window.dashAgGridFunctions = Object.assign({}, window.dashAgGridFunctions, {
    gridSorted: (params) => set("grid-order", { children: ordered(params.api) }),
    gridUpdated: () => placed(),
  });

  // The columns that the reader chose; the rows are asked for anew, for the server sends what is shown.
  let shownColumns = null;
  function show(chosen, definitions) {
    window.dash_ag_grid.getApiAsync("grid").then((api) => {
      if (api.isDestroyed()) return;
      const names = definitions.map((one) => one.field);
      const before = names.filter((name) => api.getColumn(name) && api.getColumn(name).isVisible()).join();
      api.setColumnsVisible(names.filter((name) => !chosen.includes(name)), false);
      api.setColumnsVisible(names.filter((name) => chosen.includes(name)), true);
      if (names.filter((name) => chosen.includes(name)).join() !== before) api.refreshInfiniteCache();
    });
  }

  const store = () => "columns of " + kind() + "s";

  function keptColumns() {
    try { return JSON.parse(localStorage.getItem(store())); } catch (error) { return null; }
  }

  function keepColumns(names) {
    try {
      if (names) localStorage.setItem(store(), JSON.stringify(names));
      else localStorage.removeItem(store());
    } catch (error) { /* private mode: the choice lasts for this page */ }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    beside: {
      // Whether two addresses differ by the open row alone; then that row is shown, or none.
      follows: function (before, now) {
        const [from, to] = [before, now].map((one) => new URL(one, location.origin));
        const rest = (url) => partsOf(url.search).filter((part) => !ROW.test(part)).join("&");
        if (from.pathname !== PATH || to.pathname !== PATH || rest(from) !== rest(to) || !element("grid-split")) return false;
        set("beside-row", { data: openRow() });
        return true;
      },
      open: function (id) {
        if (id) {
          last = id;
          return "grid-frame split open";
        }
        const inside = element("beside") && element("beside").contains(document.activeElement);
        if (inside || document.activeElement === document.body) {
          if (last) backToRow();
        }
        last = null;
        placed();
        return "grid-frame split";
      },
      made: function () {
        requestAnimationFrame(() => {
          placed();
          focusWanted();
        });
        return none();
      },
      reviewed: function (said) {
        const api = gridApi();
        if (said && api) api.refreshInfiniteCache();
        // Whoever reviews goes on where they were.
        if (said) wanted = "review-heading";
        return none();
      },
    },
    columns: {
      // The server sends no choice unless the address names one: then the one that this browser keeps is taken, or the usual one.
      choose: function (chosen, resets, definitions, usual) {
        const reset = window.dash_clientside.callback_context.triggered.some((one) => one.prop_id.startsWith("columns-reset") && one.value);
        const names = definitions.map((one) => one.field);
        const named = /(^|&)columns=/.test(location.search.slice(1));
        const first = !reset && !(chosen || []).length;
        const held = reset ? usual : first ? keptColumns() || usual : chosen;
        const now = names.filter((name) => held.includes(name));
        show(now, definitions);
        if (!named && !first) keepColumns(reset ? null : now);
        const rest = partsOf(location.search).filter((part) => !/^columns=/.test(part));
        const link = together(["columns=" + now.join(",")].concat(rest.filter((part) => !ROW.test(part))));
        if (named && location.pathname === PATH) window.dash_clientside.address.replace(together(["columns=" + now.join(",")].concat(rest)));
        return [reset || first ? now : none(), "Columns (" + now.length + " of " + names.length + ")", link];
      },
    },
  });

  function toggleColumns(to) {
    const button = element("columns-toggle");
    if (!button) return;
    const open = to === undefined ? button.getAttribute("aria-expanded") !== "true" : to;
    set("columns-toggle", { "aria-expanded": open ? "true" : "false" });
    set("columns", { hidden: !open });
  }

  function rowOf(event) {
    const row = event.target.closest && event.target.closest("#grid .ag-row[row-id]");
    const api = row && gridApi();
    const node = api && api.getRowNode(row.getAttribute("row-id"));
    return node && node.data ? node.data.id : null;
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest) return;
    const button = event.target.closest("button");
    if (button && button.id === "columns-toggle") return toggleColumns();
    if (button && button.id === "beside-close") return close();
    if (button && button.id === "beside-previous") return step(-1, button.id);
    if (button && button.id === "beside-next") return step(1, button.id);
    if (event.target.closest("a, button, input") || String(window.getSelection())) return;
    const id = rowOf(event);
    if (!id) return;
    if (event.ctrlKey || event.metaKey) window.dash_clientside.table.page(id);
    else open(id);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter") {
      const id = rowOf(event);
      if (!id) return;
      if (event.ctrlKey || event.metaKey) window.dash_clientside.table.page(id);
      else open(id);
    }
    if (event.key !== "Escape" || !event.target.closest) return;
    const at = event.target;
    if (at.closest("#columns, #columns-toggle") && element("columns-toggle").getAttribute("aria-expanded") === "true") {
      toggleColumns(false);
      element("columns-toggle").focus();
      return;
    }
    // What is being typed or chosen is not thrown away: Escape there is the field's own.
    const busy = at.getAttribute("aria-expanded") === "true" || (at.matches("input, textarea") && at.type !== "checkbox" && at.value);
    if (!busy && !at.closest(".ag-popup") && (at.closest("#grid-split") || at === document.body)) close();
  }, true);

  // The grid moves the focus to its own parts without bringing them into sight.
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest("#grid")) return;
    const { top, bottom } = event.target.getBoundingClientRect();
    if (bottom <= 0 || top >= innerHeight) event.target.scrollIntoView({ block: "nearest", behavior: "auto" });
  });
})();
