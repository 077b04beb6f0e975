import type { Palette } from './palette'

/** How the picture's classes look. The same rules in a window, with the theme's variables, and in a file, with fixed colours. */
export function topologyStyle(palette: Palette): string {
  const { background, foreground, dim, card, border, good, warn, bad, quiet } = palette
  return `.sn-page { fill: ${background}; }
text { fill: ${foreground}; font-size: 12px; }
.sn-dim { fill: ${dim}; }
.sn-small { font-size: 11px; }
.sn-strong { font-size: 13px; font-weight: 600; }
.sn-warn { fill: ${warn}; }
.sn-bad { fill: ${bad}; }
.sn-rail { stroke: ${quiet}; stroke-width: 3; stroke-linecap: round; fill: none; opacity: 0.6; }
.sn-hit { fill: none; stroke: none; }
.sn-figures { paint-order: stroke; stroke: ${background}; stroke-width: 4px; stroke-linejoin: round; }
.sn-halo { stroke: ${background}; stroke-width: 9; fill: none; }
.sn-card { fill: ${card}; stroke: ${border}; }
.sn-card.sn-away { stroke-dasharray: 4 3; }
.sn-card.sn-fail { stroke: ${bad}; }
.sn-chip { fill: ${background}; stroke: ${border}; }
.sn-chip.sn-stopped { stroke-dasharray: 3 3; }
.sn-chip.sn-fail { stroke: ${bad}; stroke-width: 1.5; }
.sn-line { fill: none; stroke-width: 2; stroke-linecap: round; }
.sn-line.sn-pass { stroke: ${good}; }
.sn-line.sn-partly { stroke: ${warn}; stroke-dasharray: 9 4; }
.sn-line.sn-fail { stroke: ${bad}; stroke-width: 2.5; }
.sn-line.sn-not-tested { stroke: ${quiet}; stroke-dasharray: 2 5; }
.sn-line.sn-unknown { stroke: ${quiet}; }
.sn-dot.sn-pass { fill: ${good}; }
.sn-dot.sn-partly { fill: ${warn}; }
.sn-dot.sn-fail { fill: ${bad}; }
.sn-dot.sn-not-tested, .sn-dot.sn-unknown { fill: ${quiet}; }
.sn-dot.sn-hollow { fill: none; stroke: ${dim}; stroke-width: 1.5; }
.sn-dot.sn-running { fill: ${dim}; }
.sn-mark { stroke: ${background}; stroke-width: 1.6; stroke-linecap: round; fill: none; }
`
}
