// Numbers for people, as the tables of the report write them. Durations come in microseconds.
const units = [['s', 1e6], ['ms', 1e3], ['µs', 1], ['ns', 1e-3], ['ps', 1e-6]];

export function digits(value) {
  const size = Math.abs(value);
  if (size >= 99.95) {
    return Math.round(value).toLocaleString('en-US');
  }

  return size === 0 ? '0' : size >= 9.995 ? value.toFixed(1) : size >= 0.9995 ? value.toFixed(2) : value.toPrecision(3);
}

const unitOf = (value) => units.find((unit) => Math.abs(value) >= unit[1] * 0.9995) ?? units[units.length - 1];

export function duration(value) {
  if (!value) {
    return '0 µs';
  }

  const [unit, factor] = unitOf(value);
  return digits(value / factor) + ' ' + unit;
}

/** A duration on an axis, without needless zeros. */
export function tick(value) {
  if (!value) {
    return '0';
  }

  const [unit, factor] = unitOf(value);
  return String(Number((value / factor).toPrecision(6))) + ' ' + unit;
}

export function percent(share) {
  return String(Number((share * 100).toPrecision(7))) + ' %';
}

/** Share of bios at a number of nines: 2 is 99 %. */
export function nines(value) {
  const share = 1 - 10 ** -value;
  return (share * 100).toFixed(Math.max(0, Math.ceil(value) - 2 + (Number.isInteger(value) ? 0 : 1))) + ' %';
}

export function text(kind, value) {
  switch (kind) {
    case 'duration': return duration(value);
    case 'share': return digits(value * 100) + ' %';
    case 'bandwidth': return digits(value / (1 << 20));
    default: return Number.isInteger(value) ? value.toLocaleString('en-US') : digits(value);
  }
}
