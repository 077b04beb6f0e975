import { engineLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isRunning, linesLike, said } from './seen'

const pattern = /listen (?:tcp|udp)\S* \S*:(\d+): bind: address already in use/

/** Somebody else listens on a port that the engine is told to listen on: it does not start. */
export const portInUse: FactRule<'port-in-use'> = {
  cause: 'port-in-use',
  find: ({ facts }) => {
    const [line] = isRunning(facts) ? [] : linesLike(facts, pattern)
    const port = Number(line && pattern.exec(line.text)?.[1])
    if (line === undefined || !Number.isInteger(port)) return []
    const process = facts.listening.find((socket) => socket.port === port)?.process
    return [
      {
        cause: 'port-in-use',
        title: `Port ${port} is taken${process === undefined ? '' : ` by ${process}`}, and the engine does not start`,
        severity: 'error',
        evidence: [said(line), ...(process === undefined ? [] : [`${process} listens on port ${port}.`])],
        remedy: `Stop what listens on port ${port}, or give the engine another one; then start the engine.`,
        byHand: [`ss -lntup 'sport = :${port}'`, engineLine(facts, 'restart')],
        details: { port, ...(process !== undefined && { process }) },
      },
    ]
  },
}
