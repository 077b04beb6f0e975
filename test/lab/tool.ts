import { readdir, rmdir } from 'node:fs/promises'
import { Command } from 'commander'
import { purge, takeDown } from './down'
import { changeLab, longest, reportFailure } from './exclusive'
import type { SpecOptions } from './machines/spec'
import { labStatus, type LabStatus } from './status'
import { takeLabsBesideDown } from './beside'
import { storeLab } from './store-lab'
import { labPaths } from './support/paths'
import { printedProgress } from './support/progress'
import { bringUp } from './up'
import { usage } from './usage'

function print(status: LabStatus, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : `${usage(status)}\n`)
}

/** Says how long `work` took in all. */
async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await work()
  printedProgress().note(`${name} after ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

const program = new Command('lab').description(
  'A lab of real hosts: systemd, sshd and dockerd, in one swarm or with one key-value store.',
)

program
  .command('up')
  .description('bring the lab up, or mend what is missing of it')
  .option('--machines <names>', 'name[:generation], separated by commas; generations: bookworm (20.10), trixie (26.1)')
  .option('--managers <number>', 'how many of the first machines are managers')
  .option('--tls <names>', 'machines whose engine also listens on TLS (2376); the second unless told')
  .option('--tcp <names>', 'machines whose engine also listens on plain TCP (2375); the last unless told')
  .option('--store <kind>', 'let the engines share a key-value store instead of a swarm: etcd, in the first machine')
  .option('--json', 'print the status as JSON', false)
  .action(async ({ json, ...spec }: SpecOptions & { json: boolean }) => {
    await timed('up', () => changeLab(longest.up, (task) => bringUp(spec, task)))
    print(await labStatus(labPaths()), json)
  })

program
  .command('down')
  .description('take the lab down and leave nothing but the cache of machine images')
  .option('--purge', 'remove the cache too', false)
  .action(async (options: { purge: boolean }) => {
    await takeLabsBesideDown()
    await timed('down', () => changeLab(longest.down, options.purge ? purge : takeDown))
    const { cache } = labPaths()
    if (options.purge && (await readdir(cache)).length === 0) await rmdir(cache)
  })

program
  .command('status')
  .description('show the machines; exit status 0 only if all are up')
  .option('--json', 'print as JSON', false)
  .action(async ({ json }: { json: boolean }) => {
    const status = await labStatus(labPaths())
    print(status, json)
    process.exitCode = status.up ? 0 : 1
  })

program
  .command('store')
  .description('the same for the lab beside this one, whose engines share a key-value store instead of a swarm')
  .argument('<action>', 'up, down or status')
  .action((action: string) => storeLab(action))

program.parseAsync().catch((error: unknown) => {
  reportFailure(error)
  process.exitCode = 1
})
