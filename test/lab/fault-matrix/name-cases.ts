import type { Lab } from '../lab'
import type { FaultCase } from './cases'
import { NameTable } from './name-table'
import { startOf } from './tools'

/** Where a container is on a network. */
const addressOf = async (lab: Lab, host: string, container: string): Promise<string> =>
  (
    await lab
      .machine(host)
      .run(['docker', 'inspect', '--format', '{{.NetworkSettings.Networks.gnswarm.IPAddress}}', container])
  ).trim()

/** Faults of the tables that engines share: made in them, by the engines' own diagnostic server. */
export const nameCases: readonly FaultCase[] = [
  {
    title: 'the entry of a name taken out of the table that the engines share',
    cause: 'names-not-converged',
    names: ['api', 'tolkewitz', 'miltitz'],
    inject: async ({ lab }) => {
      const { table, close } = await NameTable.open(lab.machine('lindenau'), 'gnswarm')
      await table.forget(await table.nameOf('api'))
      return close
    },
  },
  {
    title: 'an entry that an engine left behind, with the name of a container and an address that nobody has',
    cause: 'stale-entry',
    names: ['api', 'miltitz'],
    inject: async (world) => {
      const { lab } = world
      const { table, close } = await NameTable.open(lab.machine('miltitz'), 'gnswarm')
      const nobodys = (await addressOf(lab, 'lindenau', 'api')).replace(/\d+$/, '199')
      await table.leaveBehind(await table.nameOf('api'), nobodys)
      return async () => {
        await close()
        // The fix restarts the engine.
        await startOf(world, 'miltitz', ['cache', 'shell1'])
      }
    },
  },
]
