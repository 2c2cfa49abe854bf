namespace CryptoSim.Reports.Tests.Browser;

/// <summary>How well a page can be read.</summary>
internal static class Contrast
{
    /// <summary>Every element with text of its own: its colour against the first opaque background behind it.</summary>
    public const string Worst = """
        (() => {
          const parse = (c) => (c.match(/[\d.]+/g) ?? []).map(Number);
          const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
          const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
          const background = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
          let worst = [99, 'nothing'];
          for (const e of document.querySelectorAll('body *')) {
            const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
            if (!own || !e.checkVisibility() || ['SCRIPT', 'STYLE', 'OPTION'].includes(e.tagName)) continue;
            const style = getComputedStyle(e);
            const [a, b] = [luminance(parse(e instanceof SVGElement ? style.fill : style.color)), luminance(background(e))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < worst[0]) worst = [ratio, e.tagName + '.' + e.getAttribute('class') + ': ' + e.textContent.trim().slice(0, 40)];
          }
          return worst.join(' ');
        })()
        """;
}
