// Put into every page by `gongshi serve`, never by `gongshi build`: reloads the page when the site has changed and lays the
// list of errors over it while the site cannot be built.
(() => {
  const me = document.currentScript.dataset;
  const events = new EventSource("/-/events");
  let lost = false;
  let cover = null;

  const show = () => {
    if (cover) return;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/-/preview.css";
    const frame = document.createElement("iframe");
    frame.src = "/-/problems";
    frame.title = me.title;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = me.close;
    close.addEventListener("click", hide);
    cover = document.createElement("div");
    cover.className = "gongshi-cover";
    cover.append(style, close, frame);
    document.body.append(cover);
  };
  const hide = () => {
    if (cover) cover.remove();
    cover = null;
  };

  events.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    const listing = me.page === "problems";
    if (lost || String(state.site) !== me.site || (listing && String(state.attempt) !== me.attempt)) {
      events.close();
      location.reload();
    } else if (!listing) {
      if (state.problems) show();
      else hide();
    }
  });
  events.addEventListener("error", () => {
    lost = true;
  });
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
