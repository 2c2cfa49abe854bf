// Heat maps beside each other: keys to the right, slots up, a map for each design. A point is
// [column, row, class of its colour, whether it is framed, what stands in it, what it says when pointed at].
const gap = 16;      // [px] between maps
const side = 30;     // [px] left of a map: its row names
const least = 36;    // [px] that a column is wide at least: as short as its texts are
const rowHeight = 27;
const head = 26;     // [px] above a map: its name
const foot = 26;     // [px] below a map: its column names

/** How many maps stand beside each other at a width [px], and how wide a column is. */
export function layout(figure, width) {
  const columns = figure.columns.length;
  const most = Math.max(1, Math.floor((width + gap) / (side + least * columns + gap)));
  const across = Math.min(most, figure.series.length);
  const rows = Math.ceil(figure.series.length / across);
  const cell = Math.min(64, (width - across * side - (across - 1) * gap) / across / columns);
  const mapHeight = head + rowHeight * figure.rows.length + foot;
  return { across, rows, cell, mapHeight };
}

export const heatHeight = (figure, width) => `${layout(figure, width).rows * (layout(figure, width).mapHeight + 8)}px`;

/** The chart options: a grid with its axes and one series for each map. */
export function heat(figure, colors, width) {
  const { across, cell, mapHeight } = layout(figure, width);
  const mapWidth = cell * figure.columns.length;
  const at = (i) => ({ left: side + (i % across) * (mapWidth + side + gap), top: head + Math.floor(i / across) * (mapHeight + 8) });
  const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const label = { color: colors.muted, fontSize: 12, interval: 0 };
  return {
    legend: { show: false },
    grid: figure.series.map((_, i) => ({ ...at(i), width: mapWidth, height: rowHeight * figure.rows.length })),
    xAxis: figure.series.map((_, i) => ({ ...axis, gridIndex: i, data: figure.columns, axisLabel: { ...label, margin: 8 } })),
    yAxis: figure.series.map((series, i) => ({
      ...axis, gridIndex: i, data: figure.rows, axisLabel: { ...label, margin: 6 },
      name: series.name, nameLocation: 'end', nameGap: 8, nameTextStyle: { color: colors.text, fontSize: 13.5, fontWeight: 600, align: 'left' },
    })),
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: colors.card, borderColor: colors.border, textStyle: { color: colors.text, fontSize: 12.5 },
      formatter: (item) => said(figure.series[item.seriesIndex], item.dataIndex),
    },
    series: figure.series.map((series, i) => ({
      type: 'custom', name: series.name, xAxisIndex: i, yAxisIndex: i, clip: false,
      data: series.points.map(([column, row]) => [column, row]),
      renderItem: (params, api) => square(series.points[params.dataIndex], api, colors, cell),
    })),
  };
}

function square([column, row, heatClass, framed, text], api, colors, cell) {
  const [x, y] = api.coord([column, row]);
  const [w, h] = [cell - 2, rowHeight - 2];
  const shape = { x: x - w / 2, y: y - h / 2, width: w, height: h, r: 3 };
  return {
    type: 'group',
    children: [
      { type: 'rect', shape, style: { fill: colors.heat[heatClass] } },
      { type: 'text', silent: true, style: { x, y, text: cell < 42 ? text.replace(' ', '\u200a') : text, fill: colors.heatInk[heatClass], fontSize: cell < 38 ? 9.5 : cell < 42 ? 10.5 : 11.5, fontFamily: 'system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif', align: 'center', verticalAlign: 'middle' } },
      ...(framed ? [{ type: 'rect', silent: true, z2: 10, shape: { ...shape, x: shape.x + 0.5, y: shape.y + 0.5, width: w - 1, height: h - 1 }, style: { fill: 'none', stroke: colors.text, lineWidth: 2 } }] : []),
    ],
  };
}

/** Text nodes only: names come from scenarios. */
function said(series, place) {
  const box = document.createElement('div');
  box.appendChild(document.createElement('div')).append(series.name);
  box.appendChild(document.createElement('div')).append(series.points[place][5]);
  return box;
}
