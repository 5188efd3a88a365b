/* Fengong chat. <script async src="https://desk.example/widget.js" data-widget="TOKEN"></script>
   Old JavaScript on purpose: this runs in other people's pages. It sets styles one by one, so it works under a strict
   content policy, and it draws nothing until the frame says that this site may show it. */
(function () {
  "use strict";
  var script = document.currentScript || document.querySelector("script[data-widget]");
  if (!script || (window.fengong && window.fengong.open)) { return; }
  var place = document.createElement("a");
  place.href = script.src;
  var desk = place.protocol + "//" + place.host;
  var token = script.getAttribute("data-widget");
  var language = document.documentElement.lang || navigator.language || "";
  var opened = false, ready = false, unread = 0, held = [], words = {}, side = "right";
  var host, launcher, badge, frame;

  function dress(element, styles) {
    for (var name in styles) {
      if (Object.prototype.hasOwnProperty.call(styles, name)) { element.style.setProperty(name, styles[name]); }
    }
  }

  function address() {
    return desk + "/widget/" + encodeURIComponent(token) + "?lang=" + encodeURIComponent(language);
  }

  function tell(message) {
    if (!ready) { held.push(message); return; }
    frame.contentWindow.postMessage(message, desk);
  }

  function lay() {
    var small = window.innerWidth < 480;
    dress(frame, {
      "display": opened ? "block" : "none", "position": "fixed", "z-index": "2147483001", "border": "0",
      "inset": "auto", "bottom": small ? "0" : "88px", "width": small ? "100%" : "380px",
      "height": small ? "100%" : "min(600px, calc(100% - 108px))", "border-radius": small ? "0" : "14px",
      "box-shadow": "0 12px 48px rgba(0, 0, 0, .28)", "background": "transparent", "color-scheme": "normal"
    });
    frame.style.setProperty(side, small ? "0" : "20px");
    dress(launcher, { "display": ready && !(opened && small) ? "block" : "none" });
    launcher.style.setProperty(side, "20px");
    launcher.setAttribute("aria-expanded", opened ? "true" : "false");
    launcher.setAttribute("aria-label", (opened ? words.close : words.open) || "");
    dress(badge, { "display": unread && !opened ? "block" : "none" });
    badge.textContent = unread > 9 ? "9+" : String(unread);
  }

  function show(open) {
    if (opened === open) { return; }
    opened = open;
    if (!frame) { return; }
    lay();
    tell({ fengong: open ? "open" : "close" });
    if (open) { frame.focus(); } else { launcher.focus(); }
  }

  function bubble() {
    var drawing = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(drawing, "svg"), path = document.createElementNS(drawing, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("width", "26");
    svg.setAttribute("height", "26");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M4 5h16v11H9l-5 4z");
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", "currentColor");
    path.setAttribute("stroke-width", "2");
    path.setAttribute("stroke-linejoin", "round");
    svg.appendChild(path);
    dress(svg, { "display": "block", "margin": "auto" });
    return svg;
  }

  function build() {
    host = document.createElement("div");
    host.id = "fengong-widget";
    var root = host.attachShadow ? host.attachShadow({ mode: "open" }) : host;
    launcher = document.createElement("button");
    launcher.type = "button";
    badge = document.createElement("span");
    frame = document.createElement("iframe");
    frame.src = address();
    frame.setAttribute("allow", "");
    dress(launcher, {
      "display": "none", "position": "fixed", "z-index": "2147483000", "bottom": "20px", "width": "56px",
      "height": "56px", "padding": "0", "border": "0", "border-radius": "50%", "cursor": "pointer",
      "box-shadow": "0 4px 16px rgba(0, 0, 0, .25)"
    });
    dress(badge, {
      "display": "none", "position": "absolute", "top": "-4px", "right": "-4px", "min-width": "20px",
      "height": "20px", "border-radius": "10px", "background": "#b42318", "color": "#fff",
      "font": "600 12px/20px system-ui, sans-serif", "text-align": "center"
    });
    launcher.appendChild(bubble());
    launcher.appendChild(badge);
    launcher.addEventListener("click", function () { show(!opened); });
    root.appendChild(frame);
    root.appendChild(launcher);
    document.body.appendChild(host);
    frame.addEventListener("load", greet);
    window.addEventListener("resize", lay);
    lay();
  }

  function greet() {
    frame.contentWindow.postMessage({ fengong: "hello", opened: opened, kept: recall() }, desk);
  }

  /* Where a browser gives a frame from elsewhere no storage, the frame asks this page to keep its few words. */
  function recall() {
    var found = {};
    try {
      for (var at = 0; at < localStorage.length; at += 1) {
        var key = localStorage.key(at);
        if (key.indexOf("fengong.") === 0) { found[key] = localStorage.getItem(key); }
      }
    } catch (error) { return {}; }
    return found;
  }

  function keep(key, value) {
    if (typeof key !== "string" || key.indexOf("fengong.") !== 0) { return; }
    try {
      if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, String(value)); }
    } catch (error) { return; }
  }

  function hear(event) {
    var said = event.data;
    if (!frame || event.origin !== desk || event.source !== frame.contentWindow || !said || !said.fengong) { return; }
    if (said.fengong === "listening") { greet(); }
    if (said.fengong === "ready") {
      ready = true;
      words = said.words;
      side = said.position === "left" ? "left" : "right";
      frame.title = words.title;
      dress(launcher, { "background": said.colour, "color": said.ink });
      while (held.length) { tell(held.shift()); }
      lay();
      window.dispatchEvent(new Event("fengong:ready"));
    }
    if (said.fengong === "keep") { keep(said.key, said.value); }
    if (said.fengong === "unread") { unread = said.count; lay(); }
    if (said.fengong === "close") { show(false); }
  }

  window.fengong = {
    open: function () { show(true); },
    close: function () { show(false); },
    identify: function (person) {
      tell({ fengong: "identify", id: String(person.id), email: person.email || "", name: person.name || "", hash: person.hash || "" });
    },
    setLanguage: function (wanted) {
      language = wanted;
      ready = false;
      if (frame) { frame.src = address(); }
    }
  };
  window.addEventListener("message", hear);
  /* A site is never kept from being loaded by its chat: the frame comes afterwards. */
  if (document.readyState === "complete") { build(); } else { window.addEventListener("load", build); }
})();
