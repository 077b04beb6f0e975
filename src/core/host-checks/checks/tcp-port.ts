import { dialsInWords, dropsInWords } from '../../diagnosis/dials-in-words'
import { dialsTo } from '../gossip'
import { failed, notTested, ok, type CheckEvidence, type CheckVerdict } from '../host-check'
import type { HostReading } from '../hosts-reading'

/** Whether the other hosts get through to a TCP port: they were made to connect to it. */
export function judgeTcpPort(host: HostReading, { reading }: CheckEvidence, port: number): CheckVerdict {
  const dials = dialsTo(reading, host, port)
  const words = dialsInWords(reading, host, port).join(' ')
  if (dials.length === 0)
    return notTested(
      reading.hosts.length < 2
        ? 'There is no other host to connect from.'
        : `No other host could be made to connect to ${port}/tcp.`,
    )
  if (dials.every(({ check }) => check.observation === 'ok')) return ok(words)
  const drops = dropsInWords({ ...reading, hosts: [host] }, 'tcp', port)
  return dials.some(({ check }) => check.result === 'fail')
    ? failed(words, ...drops)
    : notTested(words || `What became of connections to ${port}/tcp cannot be told.`)
}
