"use strict";
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const phone = matchMedia("(max-width: 760px)");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const text = (pair) => pair[root.dataset.lang === "zh" ? 1 : 0];
  const colour = (i) => token(`--s${i % 7}`);
  const round = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString());
  const shown = (chart, value) => (chart.share ? `${(100 * value).toFixed(1)} %` : round(value));

  const base = () => ({
    animation: !still,
    textStyle: { fontFamily: token("--font"), color: token("--ink") },
    grid: { left: 8, right: 20, top: 36, bottom: 8, containLabel: true },
    tooltip: {
      confine: true, backgroundColor: token("--surface"), borderColor: token("--line"),
      textStyle: { color: token("--ink"), fontSize: 13 },
    },
  });
  const axis = (extra) => ({
    axisLine: { lineStyle: { color: token("--line") } }, axisTick: { show: false },
    splitLine: { lineStyle: { color: token("--line") } },
    axisLabel: { color: token("--ink-2"), fontSize: 12, hideOverlap: true },
    nameTextStyle: { color: token("--ink-2"), fontSize: 12 }, ...extra,
  });
  const legend = () => ({ top: 0, left: 0, itemWidth: 16, itemHeight: 8, type: "scroll", textStyle: { color: token("--ink-2") } });

  const bars = (chart) => {
    const order = [...data.scenarios.keys()].reverse();
    const values = order.map((i) => data.scenarios[i].values[chart.figure]);
    return {
      ...base(),
      grid: { left: 8, right: 66, top: 10, bottom: 4, containLabel: true },
      xAxis: axis({ type: "value", min: 0, axisLabel: { color: token("--ink-2"), formatter: (v) => shown(chart, v).replace(".0 %", " %"), hideOverlap: true } }),
      yAxis: axis({ type: "category", data: order.map((i) => text(data.scenarios[i].name)), splitLine: { show: false } }),
      series: [
        {
          type: "bar", barWidth: "56%",
          data: order.map((i, at) => ({ value: values[at][0], itemStyle: { color: colour(i), borderRadius: [0, 4, 4, 0] } })),
        },
        {
          type: "custom", silent: true, z: 5, encode: { x: [1, 2], y: 0 },
          data: values.map((v, at) => [at, Math.max(0, v[1]), v[2], v[0]]),
          renderItem: (params, api) => {
            const [low, y] = api.coord([api.value(1), api.value(0)]);
            const [high] = api.coord([api.value(2), api.value(0)]);
            const style = { stroke: token("--ink-2"), lineWidth: 1.5 };
            const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
            const label = {
              type: "text", x: high + 8, y,
              style: { text: shown(chart, api.value(3)), fill: token("--ink"), font: `12px ${token("--font")}`, verticalAlign: "middle" },
            };
            const whisker = [line(low, y, high, y), line(low, y - 4, low, y + 4), line(high, y - 4, high, y + 4)];
            return { type: "group", children: high - low < 2 ? [label] : [...whisker, label] };
          },
        },
      ],
    };
  };

  const curves = (points, x, y) => ({
    ...base(),
    legend: legend(),
    tooltip: { ...base().tooltip, trigger: "item", formatter: (p) => `${p.seriesName}<br>${round(p.value[0])} · ${(100 * p.value[1]).toFixed(0)} %` },
    grid: { left: 8, right: 24, top: 40, bottom: 26, containLabel: true },
    xAxis: axis({ ...x, nameLocation: "middle", nameGap: 28 }),
    yAxis: axis({ type: "value", min: 0, max: 1, name: "", axisLabel: { color: token("--ink-2"), formatter: (v) => `${Math.round(100 * v)} %` }, ...y }),
    series: data.scenarios.map((scenario, i) => ({
      name: text(scenario.name), type: "line", showSymbol: false, symbolSize: 7, data: points(scenario),
      lineStyle: { width: i === 2 ? 3 : 1.75, type: i === 1 ? "dashed" : "solid" }, color: colour(i), z: i === 2 ? 6 : 2,
    })),
  });
  const draw = {
    bars,
    resolved: () => curves(
      (s) => data.quantiles.map((q, i) => [Math.max(s.resolved[i], 0.05), q]),
      { type: "log", min: 0.05, name: text(data.words.hours), axisLabel: { color: token("--ink-2"), formatter: round } }, {},
    ),
    lorenz: () => curves(
      (s) => s.lorenz.map((share, i) => [i / (s.lorenz.length - 1), share]),
      { type: "value", min: 0, max: 1, name: text(data.words.people), axisLabel: { color: token("--ink-2"), formatter: (v) => `${Math.round(100 * v)} %` } }, {},
    ),
    hours: () => ({
      ...base(),
      grid: { left: 8, right: 12, top: 10, bottom: 8, containLabel: true },
      tooltip: { ...base().tooltip, formatter: (p) => `${text(data.words.weekdays).split(" ")[p.value[1]]} ${p.value[0]}:00 · ${p.value[2]}` },
      xAxis: axis({ type: "category", data: [...Array(24).keys()], splitLine: { show: false } }),
      yAxis: axis({ type: "category", inverse: true, data: text(data.words.weekdays).split(" "), splitLine: { show: false } }),
      visualMap: { show: false, min: 0, max: Math.max(...data.by_hour.flat()), inRange: { color: [token("--sunken"), token("--s2")] } },
      series: [{ type: "heatmap", data: data.by_hour.flatMap((row, d) => row.map((n, h) => [h, d, n])), itemStyle: { borderColor: token("--surface"), borderWidth: 2, borderRadius: 3 } }],
    }),
    arrivals: () => ({
      ...base(),
      grid: { left: 8, right: 12, top: 10, bottom: 8, containLabel: true },
      tooltip: { ...base().tooltip, trigger: "axis" },
      xAxis: axis({ type: "category", data: data.arrivals.map((row) => row[0].slice(5)), splitLine: { show: false } }),
      yAxis: axis({ type: "value" }),
      series: [{ type: "bar", data: data.arrivals.map((row) => row[1]), itemStyle: { color: token("--s2"), borderRadius: [3, 3, 0, 0] }, barCategoryGap: "25%" }],
    }),
  };

  const charts = data.charts.map((chart) => ({ chart, element: document.getElementById(`chart-${chart.id}`) }));
  const paint = () => charts.forEach(({ chart, element }) => {
    echarts.getInstanceByDom(element)?.dispose();
    element.setAttribute("aria-label", text(chart.title));
    echarts.init(element, null, { renderer: "svg" }).setOption(draw[chart.kind](chart));
  });
  const act = {
    language: () => { root.dataset.lang = root.dataset.lang === "zh" ? "en" : "zh"; root.lang = root.dataset.lang; },
    theme: () => { root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; },
  };
  document.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => { act[button.dataset.do](); paint(); }));
  addEventListener("resize", () => charts.forEach(({ element }) => echarts.getInstanceByDom(element)?.resize()));
  phone.addEventListener("change", paint);
  const asked = new URLSearchParams(location.hash.slice(1));
  root.dataset.theme = asked.get("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.lang = root.dataset.lang = asked.get("lang") || (navigator.language.startsWith("zh") ? "zh" : "en");
  paint();
})();
