import { escapeXml } from '../../core/text/xml'
import { themePalette } from '../../core/topology/palette'
import { topologyStyle } from '../../core/topology/style'
import type { Translate } from '../translate'

/** What the page needs from whoever shows it. */
export interface TopologyPage {
  /** Random, and another one for each page: only what carries it runs. */
  readonly nonce: string
  /** Where the page's own files come from, for its content security policy. */
  readonly cspSource: string
  readonly script: string
  readonly styleSheet: string
  readonly language: string
  readonly translate: Translate
}

/** The page around the picture. It holds no text from engines: that comes in messages. */
export function topologyHtml({ nonce, cspSource, script, styleSheet, language, translate }: TopologyPage): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    // The picture as a file, while it is drawn as pixels.
    'img-src blob: data:',
  ].join('; ')
  const say = (message: string) => escapeXml(message)
  return `<!DOCTYPE html>
<html lang="${escapeXml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(translate('Topology'))}</title>
<link rel="stylesheet" href="${escapeXml(styleSheet)}">
<style nonce="${nonce}">${topologyStyle(themePalette())}</style>
</head>
<body>
<header role="toolbar" aria-label="${say(translate('Topology'))}">
<label>${say(translate('Network'))} <select id="network"><option value="">${say(translate('All networks'))}</option></select></label>
<button id="test">${say(translate('Test Connectivity'))}</button>
<span class="spacer"></span>
<button id="svg" class="secondary">${say(translate('Export SVG'))}</button>
<button id="png" class="secondary">${say(translate('Export PNG'))}</button>
</header>
<p id="status" role="status" aria-live="polite"></p>
<main>
<div id="picture" role="region" aria-label="${say(translate('Picture; arrow keys move, Enter shows what has the focus in its view'))}"></div>
<div id="matrices"></div>
<details id="tables"><summary>${say(translate('As tables'))}</summary><div id="tables-body"></div></details>
</main>
<script nonce="${nonce}" src="${escapeXml(script)}"></script>
</body>
</html>
`
}
