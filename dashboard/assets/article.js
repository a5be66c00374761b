/* Anchors of the article's and the Method page: a record's links lead to its words and set them apart. And names for what a component leaves without one. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let chosen = "";

  const has = (element, name, id) => (element.getAttribute(name) || "").split(" ").includes(id);
  const words = () => document.getElementById("article-words");

  // Builds what the server sent as plain nodes: a text, or [tag, attributes, children]. Texts stay texts.
  function built(node) {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, attributes, children] = node;
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.map(built));
    return made;
  }

  function fill(id, nodes) {
    const element = document.getElementById(id);
    if (element) element.replaceChildren(...nodes.map(built));
  }

  // Sets the words and the sentence of one record apart from those of the others; of all, without one.
  function choose(id) {
    const root = words();
    if (!root) return;
    chosen = id && root.querySelector(`[data-of~="${CSS.escape(id)}"], [data-in~="${CSS.escape(id)}"]`) ? id : "";
    root.toggleAttribute("data-choosing", chosen !== "");
    for (const piece of root.querySelectorAll("[data-of], [data-in]")) {
      piece.classList.toggle("chosen", chosen !== "" && has(piece, "data-of", chosen));
      piece.classList.toggle("chosen-in", chosen !== "" && has(piece, "data-in", chosen));
    }
    for (const link of document.querySelectorAll("a.choose")) {
      if (chosen !== "" && link.dataset.record === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function show(element) {
    if (!element) return;
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  }

  // Follows the address's anchor: `of-` a record's words, `why-` its reasons, `at-` a place in the text.
  function follow() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const root = words();
    if (!root || !anchor) return;
    if (anchor.startsWith("of-")) {
      choose(anchor.slice(3));
      if (chosen) show(root.querySelector(`[data-of~="${CSS.escape(chosen)}"]`));
    } else if (anchor.startsWith("why-")) {
      const card = document.getElementById("why-card");
      if (!card.open) document.getElementById("why-summary").click();
      show(document.getElementById(anchor));
    } else if (anchor.startsWith("at-")) {
      show(document.getElementById(anchor));
    }
  }

  // On the Method page: opens what the place is folded into.
  function unfold() {
    const page = document.getElementById("method");
    const target = page && location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !page.contains(target)) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView({ block: "start", behavior: "auto" });
  }

  window.addEventListener("hashchange", function () { follow(); unfold(); });
  document.addEventListener("click", function (event) {
    const turn = event.target.closest && event.target.closest("a[data-turn]");
    if (turn && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      history.pushState({}, "", turn.getAttribute("href"));
      window.scrollTo(0, 0);
      window.dispatchEvent(new PopStateEvent("popstate"));
      return;
    }
    const link = event.target.closest && event.target.closest('a[href^="#of-"], a[href^="#at-"], a[href^="#why-"]');
    if (!link || !words() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ("record" in link.dataset) choose(link.dataset.record);
    if (location.hash !== link.hash) history.pushState({}, "", link.hash);
    follow();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && chosen) choose("");
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    article: {
      draw: function (shown) {
        if (!shown) return none();
        const where = document.activeElement && document.activeElement.id;
        for (const [id, nodes] of Object.entries(shown)) fill(id, nodes);
        // a text that is drawn anew keeps what was set apart; a page that opens follows its address's anchor
        if (where && where.startsWith("at-")) show(document.getElementById(where));
        else if (where !== "why-summary") follow();
        choose(chosen);
        return none();
      },
      tell: function (nodes) {
        if (!nodes) return none();
        document.getElementById("why-waits").hidden = true;
        fill("why", nodes);
        if (location.hash.startsWith("#why-")) follow();
        return none();
      },
      anchored: function () {
        unfold();
        return none();
      },
    },
  });

  // The field behind a place to drop files has no name of its own, and no way to be given one.
  function name() {
    for (const field of document.querySelectorAll(".drop input[type=file]:not([aria-label])")) {
      const button = field.closest(".drop").querySelector("button");
      field.setAttribute("aria-label", button ? button.textContent : "Choose a file");
    }
  }
  new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
})();
