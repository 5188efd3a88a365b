"use strict";
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.hash.slice(1));
  const act = {
    language: () => { root.dataset.lang = root.dataset.lang === "zh" ? "en" : "zh"; root.lang = root.dataset.lang; },
    theme: () => { root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; },
  };
  document.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", act[button.dataset.do]));
  root.dataset.theme = asked.get("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.lang = root.dataset.lang = asked.get("lang") || root.dataset.lang;
})();
