/** Pairs of 32-bit floats, little endian, gzipped, in base64. */
export async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const view = new DataView(await new Response(stream).arrayBuffer());
  const points = new Array(view.byteLength / 8);
  for (let i = 0; i < points.length; i++) {
    points[i] = [view.getFloat32(i * 8, true), view.getFloat32(i * 8 + 4, true)];
  }

  return points;
}
