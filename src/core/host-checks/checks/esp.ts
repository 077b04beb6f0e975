import { hostPaths, isBroken } from '../../diagnosis/host-paths'
import { enumerate } from '../../text/count'
import { failed, notTested, ok, type HostCheck } from '../host-check'
import { dropsOf, dropWords } from './drops'

/** Whether encrypted packets (IP protocol 50) get through: seen on an encrypted network alone, and told apart by a plain one. */
export const esp: HostCheck = {
  id: 'esp',
  title: 'ESP',
  judge(host, { network, reading, pairs }) {
    if (!network.isEncrypted) return notTested(`${network.name} is not encrypted: nothing is sent by ESP.`)
    const drops = dropsOf(host.firewall, 'esp')
    const own = hostPaths(pairs).filter(({ a, b }) => a.id === host.hostId || b.id === host.hostId)
    const broken = own.filter(isBroken)
    const other = ({ a, b }: (typeof own)[number]) => (a.id === host.hostId ? b : a)
    if (broken.length === 0 && own.length > 0)
      return ok(
        `Containers here and on ${enumerate(own.map((path) => other(path).name))} answer each other, encrypted.`,
      )
    if (drops.length > 0) return failed(...drops.map(dropWords))
    const plain = reading.plainPaths.find(
      ({ hostIds, isAnswered }) =>
        isAnswered && broken.some((path) => hostIds.includes(host.hostId) && hostIds.includes(other(path).id)),
    )
    if (plain)
      return failed(
        `Nothing gets through on ${network.name}, while containers on the same hosts hear each other on ${plain.network}, which is not encrypted.`,
      )
    return notTested(
      broken.length > 0
        ? 'Nothing gets through, and there is no network without encryption between the same hosts to compare with.'
        : 'No container runs on the network both here and elsewhere.',
    )
  },
}
