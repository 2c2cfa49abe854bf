import { digits, duration, nines, percent, text, tick } from './format.mjs';
import { heat, heatHeight } from './heat.mjs';

const dashes = ['solid', [7, 4], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2], [14, 3, 2, 3, 2, 3], [6, 2, 2, 2]];
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'path://M0 0H10L5 9z', 'path://M0 2L2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5z', 'path://M3.5 0H6.5V3.5H10V6.5H6.5V10H3.5V6.5H0V3.5H3.5z', 'path://M0 0H10L0 10H10z'];

/** The chart options of one figure: a pure function of its data, the colours and the width [px]. */
export function options(figure, colors, width) {
  const kinds = { cdf, nines: tail, sweep, size, timeline, steps, stages, heat };
  const option = kinds[figure.kind](figure, colors, width);
  const narrow = width < 480;
  return {
    animation: false,
    textStyle: { fontFamily: 'system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif', color: colors.text },
    grid: { left: 8, right: narrow ? 14 : 24, top: 16 + legendHeight(figure, width), bottom: option.dataZoom ? 54 : figure.kind === 'cdf' ? 28 : 10, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: legend(figure, colors),
    tooltip: tooltip(figure, colors),
    ...option,
  };
}

/** What a chart needs, as CSS; empty for the usual. */
export function height(figure, width) {
  if (figure.kind === 'heat') {
    return heatHeight(figure, width);
  }

  if (figure.kind === 'stages') {
    return `${60 + 24 * figure.rows.length + 24 * new Set(figure.rows.map((row) => row[0])).size}px`;
  }

  const taken = legendHeight(figure, width);
  return taken > 120 ? `${200 + taken}px` : '';   // a legend of many variants must not take the plot's place
}

function legendRows(figure, width) {
  const length = figure.series.reduce((sum, series) => sum + 60 + series.name.length * 7.6, 0);
  return Math.min(24, Math.max(1, Math.ceil(length / width)));
}

function legendHeight(figure, width) {
  const rows = legendRows(figure, width);
  return rows * (rows > 5 ? 26 : 22);   // what is estimated too low for a few rows is seen in many
}

function legend(figure, colors) {
  return {
    type: 'plain', left: 0, top: 0, itemGap: 16, itemWidth: figure.kind === 'timeline' || figure.kind === 'size' ? 12 : 32, itemHeight: 12, textStyle: { color: colors.text, fontSize: 12.5 }, inactiveColor: colors.border,
    data: figure.series.map((series) => (figure.kind === 'timeline' || figure.kind === 'size' ? { name: series.name, icon: symbols[series.index % 8], itemStyle: { opacity: 1 } } : { name: series.name })),
  };
}

function tooltip(figure, colors) {
  const x = { cdf: duration, nines, timeline: duration, steps: duration }[figure.kind] ?? ((value) => figure.categories[value] ?? value);
  const y = { cdf: percent, nines: duration, timeline: duration, size: duration, steps: digits }[figure.kind] ?? ((value) => text(figure.unit, value));
  return {
    trigger: figure.kind === 'timeline' || figure.kind === 'size' ? 'item' : 'axis',
    confine: true, backgroundColor: colors.card, borderColor: colors.border, textStyle: { color: colors.text, fontSize: 12.5 },
    axisPointer: { lineStyle: { color: colors.border }, label: { show: false } },
    formatter: (items) => lines(figure, [items].flat(), x, y),
  };
}

/** Text nodes only: names come from scenarios. */
function lines(figure, items, x, y) {
  const box = document.createElement('div');
  const add = (line) => box.appendChild(document.createElement('div')).append(line);
  const shown = items.filter((item) => Array.isArray(item.value) && item.seriesType !== 'custom' && item.value[1] != null);
  if (shown.length) {
    add(x(shown[0].value[0]));
  }

  const seen = new Set();
  for (const item of shown) {
    if (!seen.has(item.seriesName)) {
      seen.add(item.seriesName);
      const range = item.value.length > 3 && item.value[2] < item.value[3] ? ` [${y(item.value[2])}, ${y(item.value[3])}]` : '';
      add(`${item.seriesName}: ${y(item.value[1])}${range}`);
    }
  }

  return box;
}

// ── axes ─────────────────────────────────────────────────────────────────

function axis(colors, more) {
  return {
    axisLine: { lineStyle: { color: colors.border } }, axisTick: { lineStyle: { color: colors.border } }, nameLocation: 'middle', nameGap: 30,
    axisLabel: { color: colors.muted, fontSize: 12, hideOverlap: true, margin: 10, ...more.axisLabel }, splitLine: { lineStyle: { color: colors.grid } },
    nameTextStyle: { color: colors.muted, fontSize: 12 }, ...without(more, 'axisLabel'),
  };
}

const without = (object, key) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
const logDuration = (colors, range) => axis(colors, { type: 'log', min: range[0], max: range[1], axisLabel: { formatter: tick } });
const linearTime = (colors, max, width) => axis(colors, { type: 'value', min: 0, max, axisLabel: { formatter: tick, showMaxLabel: false, alignMinLabel: 'left' }, splitNumber: width < 480 ? 3 : 8 });

function zoom(colors, start, end) {
  const slider = {
    type: 'slider', height: 22, bottom: 8, brushSelect: false, showDataShadow: false, labelFormatter: tick, borderColor: colors.grid, textStyle: { color: colors.muted },
    fillerColor: 'rgba(120,140,170,.22)', handleStyle: { color: colors.card, borderColor: colors.border }, moveHandleStyle: { color: colors.border }, backgroundColor: 'transparent',
  };
  const range = end > start ? { startValue: start, endValue: end } : {};
  return [{ ...slider, ...range, filterMode: 'none' }, { type: 'inside', ...range, filterMode: 'none', zoomOnMouseWheel: 'ctrl' }];
}

// ── series ───────────────────────────────────────────────────────────────

function line(series, colors, more = {}) {
  const color = colors.series[series.index % 8];
  return {
    type: 'line', name: series.name, data: series.points, showSymbol: false, symbol: symbols[series.index % 8], symbolSize: 8, color,
    lineStyle: { color, width: 2, type: dashes[series.index % 8] }, itemStyle: { color }, emphasis: { disabled: true }, ...more,
  };
}

function cdf(figure, colors, width) {
  return {
    xAxis: { ...logDuration(colors, figure.x), name: 'bio latency' },
    yAxis: axis(colors, { type: 'value', min: 0, max: 1, axisLabel: { formatter: percent } }),
    series: [...figure.series.map((series) => line(series, colors, { step: 'end', markLine: median(series, colors) })), ...figure.series.map((series) => {
      const what = 'p50 ' + duration(series.p50);
      return labels(series, colors, [[series.p50, 0.5, ...beside(figure, series, width, what), what]]);
    })],
  };
}

/** Where the label of a median stands: the lowest to the left, the others to the right; on the other side and higher if it would leave the plot. */
function beside(figure, series, width, what) {
  const plot = width - sides;
  const at = plot * Math.log10(series.p50 / figure.x[0]) / Math.log10(figure.x[1] / figure.x[0]);
  const lowest = figure.series.every((other) => other.p50 >= series.p50);
  const room = { left: at > textWidth(what) + 12, right: plot - at > textWidth(what) + 12 };
  if (lowest && figure.series.length > 1) {
    return room.left ? ['left'] : [[12, -22]];
  }

  return room.right || !room.left ? ['right'] : [[-3, -22], 'right'];
}

const sides = 84;   // [px] left and right of a plot at most: axis labels and margins
const textWidth = (what) => 7.6 * what.length;   // [px] bold, at 12.5 px

/** Markers with a text beside them, on the line of a series: x, y, where, alignment or nothing, what. */
function labels(series, colors, points) {
  const color = colors.series[series.index % 8];
  return {
    type: 'scatter', name: series.name, silent: true, tooltip: { show: false }, symbol: symbols[series.index % 8], symbolSize: 9, color, itemStyle: { color, opacity: 1 }, z: 6,
    labelLayout: { hideOverlap: true },
    data: points.map(([x, y, position, ...rest]) => ({
      value: [x, y], label: { show: true, position, ...(rest.length > 1 ? { align: rest[0] } : {}), formatter: () => rest[rest.length - 1], color: colors.ink[series.index % 8], fontSize: 12.5, fontWeight: 600, textBorderColor: colors.card, textBorderWidth: 3 },
    })),
  };
}

function median(series, colors) {
  const color = colors.series[series.index % 8];
  return {
    silent: true, symbol: 'none', lineStyle: { color, type: [2, 3], width: 1 },
    label: { show: false }, data: [[{ coord: [series.p50, 0] }, { coord: [series.p50, 0.5] }]],
  };
}

function tail(figure, colors, width) {
  const ticks = [0, Math.log10(2)];
  for (let nine = 1; nine <= figure.nines; nine++) {
    ticks.push(nine);
  }

  const valueAt = (series, x) => series.points[Math.round(x * 60)]?.[1];
  const marks = [Math.log10(2), 2, 3].filter((x) => x <= figure.nines);
  return {
    grid: { left: 8, right: 40, top: 16 + legendHeight(figure, width), bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: axis(colors, { type: 'value', min: 0, max: figure.nines, name: 'percentile', axisLabel: { formatter: nines, customValues: ticks }, axisTick: { customValues: ticks, lineStyle: { color: colors.border } } }),
    yAxis: logDuration(colors, figure.y),
    series: [...figure.series.map((series) => line(series, colors)), ...figure.series.map((series) => labels(series, colors,
      marks.filter((x) => valueAt(series, x) !== undefined).map((x) => {
        const [value, highest] = [valueAt(series, x), Math.max(...figure.series.map((other) => valueAt(other, x) ?? 0))];
        const above = value >= highest;
        const inside = x / figure.nines * (width - sides) > textWidth(duration(value)) / 2 + 4;   // otherwise it would stand on the axis
        return [x, value, inside ? (above ? 'top' : 'bottom') : [6, above ? -18 : 14], duration(value)];
      })))],
  };
}

function sweep(figure, colors, width) {
  const y = figure.log ? logDuration(colors, figure.y) : axis(colors, { type: 'value', min: 0, splitNumber: 4, axisLabel: { formatter: (value) => (figure.unit === 'duration' ? tick(value) : figure.unit === 'share' ? percent(value) : text(figure.unit, value)) } });
  return {
    xAxis: axis(colors, { type: 'category', data: figure.categories, name: figure.axis }),
    yAxis: y,
    grid: { left: 8, right: 24, top: 16 + legendHeight(figure, width), bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    series: figure.series.flatMap((series) => [line(series, colors, { showSymbol: true }), whiskers(series, colors), labels(series, colors, ends(figure, series))]),
  };
}

/** The first and the last point of a line, above it if no other is higher there. */
function ends(figure, series) {
  const points = [series.points[0], series.points[series.points.length - 1]].filter(Boolean);
  return points.map((point) => {
    const highest = figure.series.every((other) => other.points.every((one) => one[0] !== point[0] || one[1] <= point[1]));
    const low = !figure.log && point[1] < 0.15 * Math.max(...figure.series.flatMap((other) => other.points.map((one) => one[1])));
    return [point[0], point[1], highest || low ? 'top' : 'bottom', text(figure.unit, point[1])];
  });
}

/** Vertical bars from the third to the fourth number of each point. */
function whiskers(series, colors, offset = 0) {
  const style = { stroke: colors.series[series.index % 8], lineWidth: 1.6 };
  const bar = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style, silent: true });
  return {
    type: 'custom', name: series.name, data: series.points, silent: true, tooltip: { show: false }, encode: { x: 0, y: [2, 3] },
    renderItem: (_, api) => {
      const [x, low] = api.coord([api.value(0), api.value(2)]);
      const high = api.coord([api.value(0), api.value(3)])[1];
      const at = x + offset;
      return low - high < 2 ? null : { type: 'group', children: [bar(at, low, at, high), bar(at - 4, low, at + 4, low), bar(at - 4, high, at + 4, high)] };
    },
  };
}

function size(figure, colors, width) {
  const step = Math.min(46, width / Math.max(1, figure.categories.length) / (figure.series.length + 1));
  const offset = (place) => (place - (figure.series.length - 1) / 2) * step;
  const many = figure.series.length > 3;   // a label beside its marker would hide the next one
  return {
    xAxis: axis(colors, { type: 'category', data: figure.categories }),
    yAxis: logDuration(colors, figure.y),
    grid: { left: 8, right: 48, top: 16 + legendHeight(figure, width), bottom: 10, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },   // the last label stands right of its marker
    series: figure.series.flatMap((series, place) => {
      const color = colors.series[series.index % 8];
      return [{
        type: 'scatter', name: series.name, data: series.points, symbol: symbols[series.index % 8], symbolSize: 10, symbolOffset: [offset(place), 0], itemStyle: { color }, color,
        labelLayout: { hideOverlap: true },
        label: { show: width >= 480, position: many ? 'top' : 'right', fontSize: many ? 11 : 12, formatter: (item) => duration(item.value[1]), color: colors.ink[series.index % 8], fontWeight: 600, textBorderColor: colors.card, textBorderWidth: 3 },
      }, whiskers(series, colors, offset(place))];
    }),
  };
}

function timeline(figure, colors, width) {
  const count = figure.series.reduce((sum, series) => sum + series.points.length, 0);
  const dot = count < 1000 ? 6 : count < 10000 ? 4 : 2;
  const dots = figure.series.map((series) => {
    const color = colors.series[series.index % 8];
    return {
      type: 'scatter', name: series.name, data: series.points, symbol: symbols[series.index % 8], symbolSize: dot, color, itemStyle: { color, opacity: count < 1000 ? 0.8 : 0.45 },
      large: count > 5000, largeThreshold: 0, progressive: 0, emphasis: { disabled: true },
    };
  });
  const rolling = figure.series.filter((series) => series.rolling.length > 1).map((series) => ({
    ...line({ ...series, points: series.rolling }, colors), name: series.name, z: 5, color: colors.series[series.index % 8], lineStyle: { color: colors.text, width: 1.8, type: dashes[series.index % 8] },
    tooltip: { show: false }, endLabel: { show: true, formatter: 'p99', color: colors.text, textBorderColor: colors.card, textBorderWidth: 3, offset: [-34, -10] },
  }));
  return { xAxis: linearTime(colors, figure.end, width), yAxis: logDuration(colors, figure.y), dataZoom: zoom(colors), series: [...dots, ...rolling] };
}

function steps(figure, colors, width) {
  const capacity = figure.capacity == null ? undefined : {
    silent: true, symbol: 'none', lineStyle: { color: colors.text, type: [4, 3], width: 1 },
    label: { formatter: `full (${figure.capacity})`, position: 'insideEndTop', color: colors.text, textBorderColor: colors.card, textBorderWidth: 3 }, data: [{ yAxis: figure.capacity }],
  };
  return {
    xAxis: linearTime(colors, figure.end, width),
    yAxis: axis(colors, { type: 'value', min: 0, max: Math.ceil(figure.max * 1.1), minInterval: 1 }),
    dataZoom: zoom(colors, figure.window[0], figure.window[1]),
    series: figure.series.map((series, i) => line(series, colors, { step: 'end', areaStyle: { opacity: 0.14 }, sampling: 'minmax', lineStyle: { color: colors.series[series.index % 8], width: 1.4, type: dashes[series.index % 8] }, markLine: i === 0 ? capacity : undefined })),
  };
}

/** Bars made of stages. Each group of rows has its own scale: values are shares of its longest bar. A gap, which is null, stands between groups. */
function stages(figure, colors, width) {
  const wholes = figure.rows.map((_, row) => figure.series.reduce((sum, series) => sum + series.points[row], 0));
  const longest = figure.rows.map(([band]) => Math.max(...wholes.filter((_, row) => figure.rows[row][0] === band)));
  const places = figure.rows.flatMap(([band], row) => (row > 0 && figure.rows[row - 1][0] !== band ? [null, row] : [row]));
  const share = (value, row) => (longest[row] > 0 ? value / longest[row] : 0);
  const at = (make) => places.map((row) => (row === null ? null : make(row)));
  const label = { color: colors.text, fontSize: 12, textBorderColor: colors.card, textBorderWidth: 3 };
  const nameWidth = Math.min(width * 0.3, 7.2 * Math.max(...figure.rows.map((row) => row[1].length)));
  const left = 52 + nameWidth + 14;
  return {
    grid: { left, right: 86, top: 12 + legendHeight(figure, width), bottom: 2 },
    legend: { ...legend(figure, colors), itemWidth: 14, data: figure.series.map((series) => ({ name: series.name, icon: 'rect' })) },
    tooltip: { ...tooltip(figure, colors), trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (items) => whole(figure, wholes, places[[items].flat()[0].dataIndex]) },
    xAxis: { type: 'value', min: 0, max: 1.001, show: false },   // the shares of a bar may add up to a little more than 1: its label would not be drawn
    yAxis: {
      type: 'category', inverse: true, data: places.map((_, place) => place), axisLine: { show: false }, axisTick: { show: false },
      axisLabel: {
        interval: 0, formatter: (_, place) => (places[place] === null ? '' : rowName(figure.rows, places[place])),
        rich: { band: { color: colors.text, fontWeight: 600, fontSize: 12.5, width: 52, align: 'left' }, name: { color: colors.muted, fontSize: 12.5, width: nameWidth, align: 'right', overflow: 'truncate' } },
      },
    },
    series: [...figure.series.map((series) => ({
      type: 'bar', stack: 'stages', name: series.name, barCategoryGap: '16%', color: colors.stages[series.index % 9], itemStyle: { color: colors.stages[series.index % 9] }, emphasis: { disabled: true },
      data: at((row) => ({ value: share(series.points[row], row), label: { show: share(series.points[row], row) * (width - left - 86) > textWidth(duration(series.points[row])) } })),
      label: { ...label, position: 'inside', formatter: (item) => duration(series.points[places[item.dataIndex]]) },
    })), {
      type: 'bar', stack: 'stages', name: 'latency', silent: true, color: 'transparent', itemStyle: { color: 'transparent' }, data: at(() => 0),
      label: { ...label, show: true, position: 'right', fontWeight: 600, fontSize: 12.5, formatter: (item) => duration(wholes[places[item.dataIndex]]) },
    }],
  };
}

/** The band stands at its first row only. What has a meaning in labels is left out of names. */
function rowName(rows, row) {
  const [band, name] = rows[row];
  return `{band|${row === 0 || rows[row - 1][0] !== band ? band : ''}}{name|${name.replace(/[{}|]/g, ' ')}}`;
}

/** Text nodes only: names come from scenarios. */
function whole(figure, wholes, row) {
  if (row === null) {
    return '';
  }

  const box = document.createElement('div');
  const add = (line) => box.appendChild(document.createElement('div')).append(line);
  add(`${figure.rows[row].join(' · ')}: ${duration(wholes[row])}`);
  for (const series of figure.series) {
    if (series.points[row] > 0) {
      add(`${series.name}: ${duration(series.points[row])} (${Number((100 * series.points[row] / wholes[row]).toPrecision(3))} %)`);
    }
  }

  return box;
}
