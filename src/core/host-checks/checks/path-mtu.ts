import type { PairResult } from '../../connectivity/types'
import { enumerate } from '../../text/count'
import { cardTowards } from '../card-towards'
import { failed, notTested, ok, type CheckEvidence, type HostCheck } from '../host-check'
import type { HostReading } from '../hosts-reading'

/** Whether the way between the hosts carries what the network makes of its largest packets. */
export const pathMtu: HostCheck = {
  id: 'path-mtu',
  title: 'MTU',
  judge(host, evidence) {
    const { hostMtu, network } = evidence
    const small = smallCards(host, evidence)
    const own = evidence.pairs
      .filter(({ from, to }) => from.hostId !== to.hostId)
      .filter(({ from, to }) => [from.hostId, to.hostId].includes(host.hostId))
    const lost = own.filter((pair) => mtuOf(pair)?.observation === 'too-large')
    if (lost.length > 0)
      return failed(
        `Full-size packets of ${network.name} get lost on the way to or from ${others(lost, host)}${largestOf(lost)}.`,
        ...small,
      )
    const fine = own.filter((pair) => mtuOf(pair)?.result === 'pass')
    if (fine.length > 0)
      return ok(`Full-size packets of ${network.name} come back between containers here and on ${others(fine, host)}.`)
    if (small.length > 0) return failed(...small)
    return judgePings(host, evidence) ?? notTested(`No answer to a ping says whether packets of ${hostMtu} bytes pass.`)
  },
}

function mtuOf({ checks }: PairResult) {
  return checks.find(({ kind }) => kind === 'mtu')
}

function others(pairs: readonly PairResult[], { hostId }: HostReading): string {
  return enumerate([...new Set(pairs.map(({ from, to }) => (from.hostId === hostId ? to.host : from.host)))])
}

function largestOf(pairs: readonly PairResult[]): string {
  const measured = pairs.flatMap((pair) => mtuOf(pair)?.largestBytes ?? [])
  return measured.length === 0 ? '' : `; those of up to ${Math.min(...measured)} bytes pass`
}

/** The engine does not look at the hosts' cards when it chooses a network's MTU (moby, drivers/overlay/ov_network.go). */
function smallCards({ local, ...host }: HostReading, { reading, hostMtu }: CheckEvidence): readonly string[] {
  const cards = reading.hosts
    .filter(({ hostId, address }) => hostId !== host.hostId && address !== '')
    .flatMap(({ address }) => (local && cardTowards(local, address)) ?? [])
    .filter(({ mtu }) => mtu < hostMtu)
  return [...new Set(cards)].map(
    ({ name, mtu }) =>
      `Its network card ${name} carries ${mtu} bytes, and the network’s packets have up to ${hostMtu}.`,
  )
}

/** Pings between the hosts themselves have 1500 bytes: more than is needed says enough, less does not. */
function judgePings({ local, hostId }: HostReading, { reading, hostMtu }: CheckEvidence) {
  const pings = (local?.pings ?? []).flatMap(({ address, large }) => {
    const other = reading.hosts.find((candidate) => candidate.address === address && candidate.hostId !== hostId)
    return large && other ? [{ name: other.name, large }] : []
  })
  const passed = pings.filter(({ large }) => large.result === 'pass')
  const lost = pings.filter(({ large }) => large.observation === 'too-large')
  const names = (list: typeof pings) => enumerate(list.map(({ name }) => name))
  if (lost.length > 0 && hostMtu >= 1_500)
    return failed(`Packets of 1500 bytes to ${names(lost)} get lost, small ones do not.`)
  if (lost.length > 0 || passed.length === 0 || hostMtu > 1_500) return undefined
  return ok(`Packets of 1500 bytes to ${names(passed)} come back.`)
}
