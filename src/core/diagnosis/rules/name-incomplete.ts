import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { place, unique } from '../wording'

/**
 * A name that stands for several leads to some of them only: what is missing has not reached the asking host, and what is
 * sent to the name never goes there.
 */
export const nameIncomplete: Rule = {
  id: 'name-incomplete',
  diagnose({ nameFailures }) {
    const incomplete = nameFailures.filter(({ check }) => check.observation === 'missing-addresses')
    return [...groupBy(incomplete, ({ name }) => name.target.name).values()].map((own) => {
      const { target } = own[0].name
      const lacking = target.meant.filter(
        ({ address, isRequired }) => isRequired && own.some(({ check }) => !check.addresses?.includes(address)),
      )
      const hosts = unique(own.map(({ name }) => name.from.host))
      return {
        explains: [],
        explainsNames: own,
        finding: {
          cause: 'name-incomplete',
          title: `The name ${target.name} does not lead to all that it stands for on ${enumerate(hosts)}.`,
          confidence: 80,
          hosts,
          containers: [],
          evidence: [
            ...own.slice(0, 5).map(({ name, check }) => `${place(name.from)}: ${check.detail}.`),
            ...lacking.map(({ address, owner }) => `${owner} runs and has the address ${address}.`),
          ],
          remedy:
            'Test again after a minute, because names spread by gossip. If it stays, update the service with --force, or disconnect the container from the network and connect it again: that spreads its entry anew.',
          fixes: [],
          alternatives: ['A task whose health check has not passed yet is not named; its engine says so in its state.'],
        },
      }
    })
  },
}
