import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import { whoseAddress } from '../address-owner'
import type { Rule } from '../evidence'
import { place, unique } from '../wording'

/** What no other rule knows of a service's name, an alias or a full name: it is unknown, or leads to somebody else. */
export const nameLeadsElsewhere: Rule = {
  id: 'name-leads-elsewhere',
  diagnose(evidence) {
    return [...groupBy(evidence.nameFailures, ({ name }) => name.target.name).values()].map((own) => {
      const { target } = own[0].name
      const answered = unique(own.flatMap(({ check }) => check.addresses ?? []))
      const meant = enumerate(target.meant.map(({ address }) => address))
      const hosts = unique(own.map(({ name }) => name.from.host))
      const isUnknown = answered.length === 0
      return {
        explains: [],
        explainsNames: own,
        finding: {
          cause: 'name-leads-elsewhere',
          title: isUnknown
            ? `The name ${target.name} (${target.standsFor}) cannot be looked up on ${enumerate(hosts)}.`
            : `The name ${target.name} does not lead to ${target.standsFor} alone.`,
          confidence: 75,
          hosts,
          containers: unique(own.map(({ name }) => name.from.container)),
          evidence: [
            ...own.slice(0, 5).map(({ name, check }) => `${place(name.from)}: ${check.detail}.`),
            `It stands for ${target.standsFor}${meant === '' ? '' : `, which has ${meant}`}.`,
            ...answered
              .filter((address) => !target.meant.some((one) => one.address === address))
              .map((address) => whoseAddress(evidence, address)),
          ],
          remedy: isUnknown
            ? 'Test again after a minute, because names spread by gossip. If it stays, update the service with --force, or disconnect the container from the network and connect it again.'
            : 'See who else has the name: a container, an alias or a service of another network that the asking container is on, or a name server outside of Docker. Give one of them another name.',
          fixes: [],
        },
      }
    })
  },
}
