/* What happens in the browser alone on the Flows page and on profiles: the play-through of the years, and clicks on marks. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function trigger() {
    const found = window.dash_clientside.callback_context.triggered;
    return found.length ? found[0] : { prop_id: "", value: null };
  }

  function first(trigger) {
    return trigger.value && trigger.value.points ? trigger.value.points[0] : null;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    flows: {
      // A press starts or stops; who asked for less motion goes on by one year with each press instead.
      play: function (clicks, ticks, place, last, idle) {
        const ended = (place || 0) >= last;
        if (trigger().prop_id.startsWith("flows-tick")) return ended ? [none(), true, "Play the years"] : [place + 1, none(), none()];
        if (still()) return [ended ? 0 : place + 1, none(), "Next year"];
        if (!idle) return [none(), true, "Play the years"];
        return [ended ? 1 : place + 1, false, "Stop"];
      },
      // The address follows the page's own controls, and the slider says its year instead of its place.
      own: function (show, top, place, start) {
        const year = place ? String(start + place - 1) : "";
        const thumb = document.querySelector("#flows-slider [role=slider]");
        if (thumb) thumb.setAttribute("aria-valuetext", year || "All years");
        const button = document.getElementById("flows-play");
        if (button && still() && button.textContent === "Play the years") window.dash_clientside.set_props("flows-play", { children: "Next year" });
        const rest = location.search.slice(1).split("&").filter((part) => part && !/^(show|top|at)=/.test(part));
        const mine = [show && show !== "bands" ? "show=" + show : "", top && top !== "10" ? "top=" + top : "", year ? "at=" + year : ""].filter(Boolean);
        const query = mine.concat(rest).join("&");
        if (location.pathname === "/flows") window.dash_clientside.address.replace("/flows" + (query ? "?" + query : ""));
        return none();
      },
      click: function (clicks, seller, buyer) {
        const toggled = window.dash_clientside.charts.toggled;
        const found = trigger();
        const point = first(found);
        const out = { seller: none(), buyer: none() };
        if (!point) return [none(), none()];
        let parts = point.customdata;
        if (found.prop_id.includes('"bands"')) {
          // Dash passes no custom data of a sankey: only nodes have a depth, and the point's number leads to the rest.
          const trace = document.querySelector(".flow-bands .js-plotly-plot").data[0];
          const node = "depth" in point;
          parts = (node ? trace.node : trace.link).customdata[point.pointNumber];
          if (node) {
            const [side, key] = parts;
            if (key !== "others") out[side] = toggled(side === "seller" ? seller : buyer, key);
            return [out.seller, out.buyer];
          }
        }
        if (!parts) return [none(), none()];
        if (parts[0] !== "others") out.seller = [parts[0]];
        if (parts[1] !== "others") out.buyer = [parts[1]];
        return [out.seller, out.buyer];
      },
    },
    profiles: {
      click: function (clicks, buyer, seller, type, status) {
        const found = trigger();
        const point = first(found);
        const out = { buyer: none(), seller: none(), type: none(), status: none(), from: none(), to: none(), unknown: none() };
        const kind = (found.prop_id.match(/"profile":"(\w+)"/) || [])[1];
        if (point && (kind === "buyer" || kind === "seller")) {
          out[kind] = window.dash_clientside.charts.toggled(kind === "buyer" ? buyer : seller, point.customdata);
        }
        if (point && (kind === "type" || kind === "status")) {
          out[kind] = [[].concat(point.customdata)[0]];
          const year = parseInt(point.x, 10);
          out.from = isNaN(year) ? null : String(year);
          out.to = out.from;
          out.unknown = isNaN(year);
        }
        return [out.buyer, out.seller, out.type, out.status, out.from, out.to, out.unknown];
      },
    },
  });
})();
