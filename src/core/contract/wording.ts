import { enumerate } from '../text/count'
import type { Ask, ContractLine, Obligation, Selector, StatusRange } from './types'

/** As one would write it in a contract. */
export function selectorText(selector: Selector): string {
  const prefix = selector.host === undefined ? '' : `${selector.host}/`
  switch (selector.kind) {
    case 'any':
      return `${prefix}*`
    case 'name':
      return `${prefix}${selector.name}`
    case 'container':
    case 'service':
      return `${prefix}${selector.kind}:${selector.name}`
    case 'label':
      return `${prefix}label:${selector.key}${selector.value === undefined ? '' : `=${selector.value}`}`
  }
}

/** The end of a sentence about reaching somebody, for instance ` on TCP port 80`. */
export function askText(ask: Ask): string {
  switch (ask.kind) {
    case 'any':
      return 'at all'
    case 'ping':
      return 'by ping'
    case 'mtu':
      return 'with packets of full size'
    case 'name':
      return ask.name === undefined ? 'by name' : `as ${ask.name}`
    case 'tcp':
      return `on TCP port ${ask.port}`
    case 'http':
      return `by HTTP on port ${ask.port} at ${ask.path} (${statusText(ask.status)})`
  }
}

function statusText({ from, to }: StatusRange): string {
  return from === to ? `status ${from}` : `status ${from}–${to}`
}

export const obligationText: Readonly<Record<Obligation, string>> = { must: 'must reach', mustNot: 'must not reach' }

/** What a line says, in one line of text. */
export function lineTitle({
  obligation,
  from,
  to,
  network,
  asks,
}: Omit<ContractLine, 'title' | 'range' | 'lineNumber'>): string {
  const who = (selectors: readonly Selector[]) => enumerate(selectors.map(selectorText), selectors.length)
  const where = network === undefined ? '' : ` over ${network.name}`
  const how =
    asks.length === 1 && asks[0]?.kind === 'any' && obligation === 'must' ? '' : ` ${enumerate(asks.map(askText), 20)}`
  return `${who(from)} ${obligationText[obligation]} ${who(to)}${how}${where}`
}
