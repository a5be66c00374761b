/* The Read page in the browser: the way back to a batch, and files that are too large or on their way. */
(function () {
  "use strict";
  let pressed = false;
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    read: {
      // The link to this page leads back to the batch that this tab has looked at last.
      stay: (address) => address || "/read",
      // What was said of one way to bring articles is not said of another.
      another: () => null,
      // A button that was pressed has gone with what it began: whoever pressed it goes on at the batch.
      settle: function (state) {
        const heading = document.getElementById("read-name");
        const lost = !document.activeElement || document.activeElement === document.body || document.activeElement.closest("[hidden]");
        if (pressed && lost && heading) heading.focus({ preventScroll: true });
        if (state === "done") pressed = false;
        return "";
      },
      // The record was made anew: whoever corrected it goes on at its form. A refusal leaves the focus where it is.
      told: function (said) {
        const lost = !document.activeElement || document.activeElement === document.body;
        const { record } = window.dash_clientside.callback_context.triggered_id || {};
        const id = JSON.stringify({ "draft-part": "body", record });
        const form = said && lost && document.querySelector(`[id='${id}'] .draft > summary`);
        if (form) form.focus({ preventScroll: true });
        return "said";
      },
    },
  });

  function brought(event) {
    if (!event.target.closest || !event.target.closest("#read-files")) return;
    const files = event.type === "drop" ? event.dataTransfer && event.dataTransfer.files : event.target.files;
    if (!files || !files.length) return;
    const most = Number(document.getElementById("read-bring").dataset.most);
    const size = Array.from(files).reduce((sum, file) => sum + file.size, 0);
    const name = files.length === 1 ? files[0].name : `${files.length} files`;
    const large = size > most;
    const said = large ? `${name}: larger than ${most >> 20} MB; bring less at a time, or use the command line` : `Sending ${name}…`;
    window.dash_clientside.set_props("read-said", { children: said });
    if (!large) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "change") event.target.value = "";
  }
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("#read-paste, #read-fetch, #read-stop, #read-add, #read-files")) pressed = true;
  }, true);
  document.addEventListener("change", brought, true);
  document.addEventListener("drop", brought, true);
})();
