/* What happens in the browser alone on the Flows page: the play-through of the years, and the address of what its controls choose. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function trigger() {
    const found = window.dash_clientside.callback_context.triggered;
    return found.length ? found[0] : { prop_id: "", value: null };
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
    },
  });
})();
