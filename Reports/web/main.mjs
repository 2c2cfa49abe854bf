// The script of the HTML report: draws interactive charts over the static figures and switches between light and dark.
// Without it the page is complete; when a chart cannot be drawn its static figure stays.
import { init, use } from 'echarts/core';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { height, options } from './options.mjs';
import { unpack } from './unpack.mjs';

// What is not used here does not draw and does not complain.
use([BarChart, CustomChart, LineChart, ScatterChart, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

const root = document.documentElement;
const drawn = [];
const lines = [...Array(8).keys()];    // variants that have a colour of their own
const heats = [...Array(15).keys()];   // classes of heat maps

function palette() {
  const style = getComputedStyle(root);
  const color = (name) => style.getPropertyValue('--' + name).trim();
  return {
    card: color('card'), text: color('text'), muted: color('muted'), grid: color('grid'), border: color('border'), fault: color('fault'),
    series: lines.map((i) => color('series-' + i)), ink: lines.map((i) => color('ink-' + i)),
    stages: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => color('stage-' + i)),
    heat: heats.map((i) => color('heat-' + i)), heatInk: heats.map((i) => color('heat-ink-' + i)),
  };
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function setOptions({ chart, figure, element }) {
  const wanted = height(figure, element.clientWidth);
  if (element.style.flexBasis !== wanted) {
    element.style.flexBasis = wanted;
    chart.resize();
  }

  chart.setOption(options(figure, palette(), element.clientWidth), { notMerge: true });
}

async function draw(figure) {
  const card = document.getElementById('figure-' + figure.id);
  const element = document.getElementById('chart-' + figure.id);
  const [fixed, live] = [card.querySelector('.static'), card.querySelector('.live')];
  for (const series of figure.series) {
    series.points = series.packed ? await unpack(series.packed) : series.points;
  }

  live.hidden = false;
  fixed.hidden = true;
  try {
    const chart = init(element, null, { renderer: 'canvas' });
    const one = { chart, figure, element };
    chart.on('finished', () => { element.dataset.drawn = 'true'; });
    setOptions(one);
    choosePoint(one, live);
    new ResizeObserver(() => { chart.resize(); setOptions(one); }).observe(element);
    drawn.push(one);
  } catch (error) {
    live.hidden = true;
    fixed.hidden = false;
    throw error;
  }
}

/** A sweep has a distribution at each point: lets the reader choose. */
function choosePoint(one, live) {
  const points = one.figure.at;
  if (!points || points.length < 2) {
    return;
  }

  const select = document.createElement('select');
  select.setAttribute('aria-label', one.figure.choice ?? 'sweep point');
  points.forEach((point, i) => select.add(new Option(point.label, String(i), i === one.figure.shown, i === one.figure.shown)));
  select.addEventListener('change', () => {
    const { label, ...shown } = points[Number(select.value)];
    Object.assign(one.figure, shown);
    setOptions(one);
  });
  live.querySelector('.title').append(' ', select);
}

function refresh() {
  drawn.forEach(setOptions);
  document.getElementById('theme').textContent = isDark() ? 'Light' : 'Dark';
}

const button = document.getElementById('theme');
button.hidden = false;
button.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  refresh();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', refresh);
refresh();

Promise.all(JSON.parse(document.getElementById('charts').textContent).map(draw)).then(() => {
  root.dataset.charts = 'ready';
});
