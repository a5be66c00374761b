/* Charts' cards in the browser: clicks on marks, links that stay where they are, pictures, and the embedded view. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  const EMBED = "/embed/";
  if (location.pathname.startsWith(EMBED)) document.documentElement.classList.add("embed");
  if (window.top !== window) document.documentElement.classList.add("framed");

  // No way leads from the embedded view to a page that may not be framed, without asking the server, which refuses it there.
  for (const turned of ["popstate", "_dashprivate_pushstate"]) {
    window.addEventListener(turned, () => {
      if (document.documentElement.classList.contains("embed") && !location.pathname.startsWith(EMBED)) location.reload();
    });
  }

  // Turns the page to an address without leaving the place where the reader is.
  function stay(address) {
    if (location.pathname + location.search === address) return;
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  // The page is made anew: who works with the keyboard goes on at the same link, or where that is gone at the card's open tab.
  let waiting = null;
  function goOn(link) {
    if (waiting) waiting.disconnect();
    const title = (link.closest(".chart-card") || document.body).getAttribute("aria-labelledby");
    waiting = new MutationObserver(function () {
      if (link.isConnected) return;
      if (document.activeElement && document.activeElement !== document.body) return void waiting.disconnect();
      const next = (link.id && document.getElementById(link.id)) || document.querySelector(`[aria-labelledby="${title}"] [role="tab"][aria-selected="true"]`);
      if (!next) return;
      waiting.disconnect();
      next.focus({ preventScroll: true });
    });
    waiting.observe(document.getElementById("page"), { childList: true, subtree: true });
  }

  function marked(section, point) {
    if (section.dataset.click !== "own") {
      const keys = section.dataset.click.split(" ");
      // A stack's part is of what its trace is named after, and of its year: thousands of marks need no data of their own.
      const own = point.customdata ?? [section.querySelector(".js-plotly-plot").data[point.curveNumber].name, point.x];
      const values = Array.isArray(own) ? own : [own];
      return keys.map((key, place) => [key, values[place]]);
    }
    // Dash passes no custom data of a sankey: only nodes have a depth, and the point's number leads to the rest.
    const trace = section.querySelector(".js-plotly-plot").data[0];
    if (trace.type !== "sankey") return [];
    if ("depth" in point) return [trace.node.customdata[point.pointNumber]];
    const [seller, buyer] = trace.link.customdata[point.pointNumber];
    return [["seller", seller], ["buyer", buyer]];
  }

  // One key: its value comes or goes. Several: they are all set.
  function filtered(marks) {
    const asked = new URLSearchParams(location.search);
    for (const [key, value] of marks) {
      const held = asked.getAll(key);
      asked.delete(key);
      const left = marks.length > 1 ? [value] : held.includes(value) ? held.filter((one) => one !== value) : held.concat([value]);
      for (const one of left) asked.append(key, one);
    }
    const query = asked.toString().replaceAll("%21=", "!=");
    return location.pathname + (query ? "?" + query : "");
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    cards: {
      want: (tab) => (tab && tab !== "chart" ? tab : none()),
      click: function (clicked) {
        const point = clicked && clicked.points && clicked.points[0];
        const source = window.dash_clientside.callback_context.triggered_id;
        const drawn = point && source && document.getElementById(source.card);
        const section = drawn && drawn.closest(".chart-card");
        if (!section || !section.dataset.click) return none();
        const marks = marked(section, point).filter(([, value]) => value !== undefined && value !== null && value !== "others");
        if (marks.length) stay(filtered(marks));
        return none();
      },
      code: function (title) {
        const frame = document.createElement("iframe");
        frame.src = location.href;
        frame.title = title || "";
        frame.width = "100%";
        frame.height = "640";
        frame.setAttribute("style", "border:0");
        frame.setAttribute("loading", "lazy");
        return frame.outerHTML;
      },
    },
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest) return;
    const link = event.target.closest("a[data-stay]");
    if (link && link.target !== "_blank" && !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      goOn(link);
      stay(link.pathname + link.search);
    }
    const button = event.target.closest("button[data-picture]");
    if (button) take(button);
  });

  const WIDTH = 1000;
  const EDGE = 24;
  const SVG = "http://www.w3.org/2000/svg";
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

  // The words of a picture in lines that fit, each with its size, weight and colour.
  function lines(text, size, weight, colour) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${weight} ${size}px ${FONT}`;
    const made = [];
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const longer = made.length ? made[made.length - 1] + " " + word : word;
      if (made.length && pen.measureText(longer).width <= WIDTH - 2 * EDGE) made[made.length - 1] = longer;
      else made.push(word);
    }
    return made.map((words) => ({ words, size, weight, colour }));
  }

  function write(root, written, top) {
    let y = top;
    for (const line of written) {
      y += Math.round(line.size * 1.4);
      const text = document.createElementNS(SVG, "text");
      for (const [name, value] of Object.entries({ x: EDGE, y, "font-size": line.size, "font-weight": line.weight, fill: line.colour, "font-family": FONT })) {
        text.setAttribute(name, value);
      }
      text.textContent = line.words;
      root.appendChild(text);
    }
    return y;
  }

  const flat = (node) => (node ? node.textContent.trim() : "");

  // Plotly draws the chart as the page has it, in its colours for print; title, reading and source are written around it.
  async function drawn(section) {
    const plot = section.querySelector(".js-plotly-plot");
    const height = Math.round(Math.max(300, Math.min(1200, (plot.layout && plot.layout.height) || 520)));
    const inner = await window.Plotly.toImage(
      { data: plot.data, layout: { ...plot.layout, width: WIDTH - 2 * EDGE, height, autosize: false }, config: { topojsonURL: "/assets/geometry/" } },
      { format: "svg", width: WIDTH - 2 * EDGE, height, imageDataOnly: true }
    );
    const root = document.createElementNS(SVG, "svg");
    const ground = document.createElementNS(SVG, "rect");
    root.appendChild(ground);
    const label = flat(document.getElementById("label"));
    const source = `Source: Arms transfers${label ? `, register “${label}”` : ""}, read by rules from news articles; ${new Date().toISOString().slice(0, 10)}. ${location.href}`;
    let y = write(root, lines(flat(section.querySelector("h1, h2")), 20, 650, "#1f2933"), EDGE / 2);
    y = write(root, lines(flat(section.querySelector(".card-head .reading")), 14, 400, "#52606d"), y) + 10;
    const chart = document.importNode(new DOMParser().parseFromString(inner, "image/svg+xml").documentElement, true);
    chart.setAttribute("x", EDGE);
    chart.setAttribute("y", y);
    root.appendChild(chart);
    const notes = flat(section.querySelector(".drawn + .under .note"));
    y = write(root, lines(`${notes} ${section.dataset.scope || ""}`.trim(), 12, 400, "#52606d"), y + height + 6);
    y = write(root, lines(source, 12, 400, "#52606d"), y) + EDGE / 2;
    for (const node of [root, ground]) {
      node.setAttribute("width", WIDTH);
      node.setAttribute("height", y);
    }
    ground.setAttribute("fill", "#ffffff");
    root.setAttribute("viewBox", `0 0 ${WIDTH} ${y}`);
    return { text: new XMLSerializer().serializeToString(root), height: y };
  }

  async function take(button) {
    const section = button.closest(".chart-card");
    if (!window.Plotly || !section.querySelector(".js-plotly-plot")) return;
    button.disabled = true;
    try {
      const picture = await drawn(section);
      let made = new Blob([picture.text], { type: "image/svg+xml" });
      if (button.dataset.picture === "png") made = await pixels(made, picture.height);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(made);
      link.download = `${section.dataset.file}-${new Date().toISOString().slice(0, 10)}.${button.dataset.picture}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } finally {
      button.disabled = false;
    }
  }

  // Twice the size, for print.
  async function pixels(svg, height) {
    const address = URL.createObjectURL(svg);
    const image = new Image(WIDTH, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * 2;
    canvas.height = height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }
})();
