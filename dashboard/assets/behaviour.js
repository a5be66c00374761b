/* What happens in the browser alone: the address bar, light and dark, clicks on charts, the grid's rows. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  let turns = 0;
  let fresh = true;
  let shown = null;
  const OWN = { "/flows": /^(show|top|at)=/, "/deals": /^(deal|record|columns)=/ };

  function here() {
    turns += 1;
    fresh = true;
    shown = location.pathname + location.search;
    for (const link of document.querySelectorAll(".top nav a")) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    return { href: shown, turn: turns };
  }

  // Turning a page takes the link away that the keyboard stood on: it goes on from the count of the filter bar, or from the page's start.
  let onward = "";
  function stay() {
    const held = document.activeElement || document.body;
    // A card's links see to that themselves (cards.js).
    onward = held.closest("[data-stay]") ? "" : held.closest("#standing") ? "count" : "page";
  }
  document.addEventListener("keydown", () => { onward = ""; }, true);
  document.addEventListener("pointerdown", () => { onward = ""; }, true);
  new MutationObserver(function () {
    if (!onward || document.activeElement !== document.body) return;
    const next = document.getElementById(onward) || document.getElementById("page");
    onward = "";
    if (next) next.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });

  // A link to a place on the page itself ("#page") turns no page.
  function tell() {
    const now = location.pathname + location.search;
    if (shown === now) return;
    // What stands beside a table opens and closes by the address too, and turns no page.
    if (window.dash_clientside.beside.follows(shown, now)) shown = now;
    else {
      stay();
      window.dash_clientside.set_props("address", { data: here() });
    }
  }
  // The back and forward buttons, and links inside the app.
  window.addEventListener("popstate", tell);
  window.addEventListener("_dashprivate_pushstate", tell);

  function darkNow() {
    return document.documentElement.getAttribute("data-mantine-color-scheme") === "dark";
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    address: {
      start: () => here(),
      // A filter has changed: a new entry in the browser's history. A page that has just opened only tidies its address.
      push: function (query) {
        if (query === undefined || query === null) return [none(), none(), none(), none()];
        const whole = ownOfPage().concat(query ? [query] : []).join("&");
        const search = whole ? "?" + whole : "";
        if (location.search !== search) {
          const known = new URLSearchParams(location.search);
          const wanted = new URLSearchParams(search);
          if (known.toString() !== wanted.toString()) history[fresh ? "replaceState" : "pushState"]({}, "", location.pathname + search);
        }
        fresh = false;
        shown = location.pathname + location.search;
        return addresses(query);
      },
      go: function (address) {
        if (!address) return none();
        if (location.pathname + location.search !== address) history.pushState({}, "", address);
        window.dash_clientside.set_props("address", { data: here() });
        return none();
      },
      // A page's own choice that is no step back: the same entry in the browser's history, under another address.
      replace: function (address) {
        if (location.pathname + location.search !== address) history.replaceState({}, "", address);
        shown = location.pathname + location.search;
        return none();
      },
      // A page's own choice that is a step back.
      step: function (address) {
        if (location.pathname + location.search !== address) history.pushState({ step: true }, "", address);
        shown = location.pathname + location.search;
        return none();
      },
      name: function (name) {
        if (name) document.title = name;
        return none();
      },
    },
    filters: {
      // The options of every select, of the names that came with the page and the numbers of its filters. Where the register has
      // changed in between, the numbers are of other names: the page is made anew.
      options: function (text, names, ...values) {
        if (!text || !names) return values.map(none);
        const numbers = JSON.parse(text);
        if (numbers.of !== names.of) {
          window.dash_clientside.set_props("address", { data: here() });
          return values.map(none);
        }
        return Object.keys(numbers.found).map((key, place) => {
          const { codes, counts } = numbers.found[key];
          const held = names.held[key];
          const label = (name, count) => `${name} (${count.toLocaleString("en")})`;
          const options = codes.map((code, i) => ({ value: held.keys[code], label: label(held.names[code], counts[i]) }));
          const offered = new Set(codes.map((code) => held.keys[code]));
          for (const value of values[place] || []) {
            const code = held.keys.indexOf(value);
            if (!offered.has(value)) options.push({ value, label: label(code < 0 ? value : held.names[code], 0) });
          }
          return options;
        });
      },
    },
    frame: {
      scheme: function (clicks) {
        if (clicks) {
          const next = darkNow() ? "light" : "dark";
          document.documentElement.setAttribute("data-mantine-color-scheme", next);
          try { localStorage.setItem("mantine-color-scheme-value", next); } catch (error) { /* private mode: the choice lasts for this page */ }
        }
        return darkNow() ? "Light" : "Dark";
      },
      toggle: function (clicks) {
        const open = (clicks || 0) % 2 === 1;
        const filters = document.getElementById("filters");
        if (filters) filters.classList.toggle("open", open);
        return open ? "true" : "false";
      },
    },
    review: {
      // The page was made anew: whoever reviews goes on where they were. A problem leaves what was typed, and the focus, alone.
      focus: function (said) {
        const problem = document.querySelector("#said .problem");
        const heading = document.getElementById("review-heading");
        if (said && !problem && heading) heading.focus();
        return "";
      },
    },
    table: {
      refresh: function () {
        const api = gridApi();
        if (api) {
          api.paginationGoToFirstPage();
          api.purgeInfiniteCache();
        }
        return none();
      },
      page: function (identity) {
        follow(pageOf(identity));
      },
    },
  });

  // A row of the table is a deal, or with `unit=claims` a record. To its own page go the filters, not what is the table's own.
  function pageOf(identity) {
    const claims = new URLSearchParams(location.search).getAll("unit").includes("claims");
    const rest = location.search.slice(1).split("&").filter((part) => part && !OWN["/deals"].test(part));
    return (claims ? "/record/" : "/deal/") + encodeURIComponent(identity) + (rest.length ? "?" + rest.join("&") : "");
  }

  // Filters go along from page to page; what is the Compare page's own waits for the way back to it.
  let compared = [];
  function addresses(query) {
    const parts = query ? query.split("&") : [];
    const own = (part) => /^(file|found|page)=/.test(part);
    const rest = parts.filter((part) => !own(part));
    if (location.pathname === "/compare") compared = parts.filter(own);
    const to = (path, held) => path + (held.length ? "?" + held.join("&") : "");
    return [to("/", rest), to("/deals", rest), to("/compare", compared.concat(rest)), to("/flows", rest)];
  }

  // What of a page's address is no filter: on Flows the drawing, the number of names, the year; on Deals the open row and the columns.
  function ownOfPage() {
    const own = OWN[location.pathname];
    return own ? location.search.slice(1).split("&").filter((part) => own.test(part)) : [];
  }

  // The filter bar's links say nothing of how flows are drawn: what the address says of it goes along, to a new tab and by Enter too.
  function carry(event) {
    const link = location.pathname === "/flows" && event.target.closest && event.target.closest("#standing a[href]");
    if (!link || link.pathname !== "/flows") return;
    const rest = link.search.slice(1).split("&").filter((part) => part && !OWN["/flows"].test(part));
    const whole = ownOfPage().concat(rest).join("&");
    link.setAttribute("href", "/flows" + (whole ? "?" + whole : ""));
    if (event.type !== "click" || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    follow(link.getAttribute("href"));
  }
  document.addEventListener("pointerdown", carry, true);
  document.addEventListener("click", carry, true);

  function gridApi() {
    try { return window.dash_ag_grid.getApi("grid"); } catch (error) { return null; }
  }

  function follow(address) {
    history.pushState({}, "", address);
    window.scrollTo(0, 0);
    tell();
  }

  // A file that is too large is refused before it is read; any other is named while it is on its way.
  function brought(event) {
    if (!event.target.closest || !event.target.closest("#compare-file")) return;
    const files = event.type === "drop" ? event.dataTransfer && event.dataTransfer.files : event.target.files;
    if (!files || !files.length) return;
    const most = Number(document.getElementById("compare-upload").dataset.most);
    const large = files[0].size > most;
    const said = large ? `${files[0].name}: is larger than ${most >> 20} MB; choose fewer states or years and download it again` : `Reading ${files[0].name}…`;
    window.dash_clientside.set_props("compare-said", { children: said });
    if (!large) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "change") event.target.value = "";
  }
  document.addEventListener("change", brought, true);
  document.addEventListener("drop", brought, true);

  // A select's search puts names that start with the words first ("Indi": India before British Indian Ocean Territory).
  window.dashMantineFunctions = Object.assign({}, window.dashMantineFunctions, {
    prefixFirst: function ({ options, search }) {
      const wanted = search.trim().toLowerCase();
      if (!wanted) return options;
      const rank = (label) => {
        const name = label.toLowerCase();
        if (name.startsWith(wanted)) return 0;
        return name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)) ? 1 : name.includes(wanted) ? 2 : 3;
      };
      return options
        .map((option, place) => [rank(option.label), place, option])
        .filter(([order]) => order < 3)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1])
        .map(([, , option]) => option);
    },
  });

  const components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  // The name leads to the row's own page; the rest of the row opens it beside the table (deals.js).
  components.RowLink = function (props) {
    if (!props.data) return null;
    const href = pageOf(props.data.id);
    const go = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      follow(href);
    };
    return React.createElement("a", { href: href, onClick: go, title: "Open the page of this row", tabIndex: -1 }, props.value || "Unknown");
  };
})();
