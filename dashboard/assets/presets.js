/* Views that a user has named. They are kept in this browser alone; a link carries one to another. */
(function () {
  "use strict";
  const none = () => window.dash_clientside.no_update;
  // A link to a preset names it (`preset=`); the page's own address does not, so it is read once, when the page opens.
  let received = (new URLSearchParams(location.search).get("preset") || "").trim().slice(0, 80);

  const html = (type, props) => ({ type: type, namespace: "dash_html_components", props: props });
  const address = (query) => location.pathname + (query ? "?" + query : "");

  function shared(preset) {
    const query = (preset.query ? preset.query + "&" : "") + "preset=" + encodeURIComponent(preset.name);
    return location.origin + address(query);
  }

  function item(preset, query) {
    const link = { href: address(preset.query), children: preset.name };
    return html("Li", {
      key: preset.name,
      className: preset.query === query ? "now" : "",
      children: [
        { type: "Link", namespace: "dash_core_components", props: link },
        html("Button", { className: "button small", children: "Copy link", "data-copy": shared(preset), "aria-label": "Copy link to " + preset.name }),
        html("Button", { className: "button small", children: "Remove", id: { "preset-remove": preset.name }, "aria-label": "Remove " + preset.name }),
      ],
    });
  }

  function pressed() {
    const found = window.dash_clientside.callback_context.triggered.filter((one) => one.value)[0];
    return found ? found.prop_id.slice(0, found.prop_id.lastIndexOf(".")) : "";
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    presets: {
      open: function (clicks) {
        const open = clicks ? clicks % 2 === (received ? 0 : 1) : Boolean(received);
        return [!open, open ? "true" : "false"];
      },
      change: function (keep, enter, removes, name, query, held) {
        const presets = held || [];
        const by = pressed();
        const wanted = (name || "").trim();
        if (!by) return received && !wanted ? [none(), received, "This link is a preset of this name. Keep it to have it in this browser too."] : [none(), none(), none()];
        if (by.startsWith("{")) {
          const gone = JSON.parse(by)["preset-remove"];
          return [presets.filter((one) => one.name !== gone), none(), "Removed “" + gone + "”."];
        }
        if (!wanted) return [none(), none(), "Give the view a name first."];
        received = "";
        const rest = presets.filter((one) => one.name !== wanted);
        const said = rest.length < presets.length ? "“" + wanted + "” is now this view." : "Kept “" + wanted + "” in this browser.";
        return [rest.concat([{ name: wanted, query: query || "" }]), "", said];
      },
      list: function (when, query, held) {
        const presets = (held || []).slice().sort((a, b) => a.name.localeCompare(b.name));
        return presets.length ? presets.map((one) => item(one, query || "")) : html("Li", { className: "none", children: "None yet. Name the filters that are set now, and they can be opened again here, on every page." });
      },
    },
  });

  function say(text) {
    window.dash_clientside.set_props("preset-said", { children: text });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const link = button.dataset.copy;
    const refused = () => say("The browser lets no page copy here. The link is: " + link);
    if (navigator.clipboard) navigator.clipboard.writeText(link).then(() => say("Copied the link."), refused);
    else refused();
  });
})();
