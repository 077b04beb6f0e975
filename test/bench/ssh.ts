import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnector, type OwnedConnector } from '../../src/adapters/create-connector'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import type { EngineClient } from '../../src/core/ports/engine'
import { noPrompts } from '../no-prompts'
import { makeHome } from '../lab/home'
import type { Lab } from '../lab/lab'
import { compare, type Comparison } from './comparison'

const run = promisify(execFile)
const quiet = () => undefined
const live = () => new AbortController().signal
const together = 10

/** Each further call on an open connection, against `docker -H ssh://`, which makes a connection for each. */
export async function benchSshCall(lab: Lab): Promise<Comparison> {
  await using bench = await openBench(lab)
  const connector = bench.connector()
  const engine = await bench.connect(connector)
  await bench.ours(engine)
  const result = await compare('one call over SSH', {
    ours: { name: 'a call on the open connection', run: () => bench.ours(engine), times: 200 },
    theirs: { name: 'docker -H ssh://… ps -aq', run: bench.theirs, times: 15 },
  })
  engine.close()
  connector.dispose()
  return result
}

/** The first call, with all that it takes to get there. */
export async function benchFirstSshCall(lab: Lab): Promise<Comparison> {
  await using bench = await openBench(lab)
  const first = async () => {
    const connector = bench.connector()
    const engine = await bench.connect(connector)
    await bench.ours(engine)
    engine.close()
    connector.dispose()
  }
  // The first of all pays for loading and compiling, as neither of the two does later.
  await first()
  return await compare('the first call over SSH, connection included', {
    ours: { name: 'connect, agree on a version, call', run: first, times: 9 },
    theirs: { name: 'docker -H ssh://… ps -aq', run: bench.theirs, times: 9 },
  })
}

/** Several calls at the same time, as a tree that opens makes them. */
export async function benchParallelSshCalls(lab: Lab): Promise<Comparison> {
  await using bench = await openBench(lab)
  const connector = bench.connector()
  const engine = await bench.connect(connector)
  const all = (call: () => Promise<void>) => async () => {
    await Promise.all(Array.from({ length: together }, call))
  }
  const ours = all(() => bench.ours(engine))
  await ours()
  const result = await compare(`${together} calls over SSH at the same time`, {
    ours: { name: 'on the open connection', run: ours, times: 20 },
    theirs: { name: 'docker -H ssh://… ps -aq', run: all(bench.theirs), times: 3 },
  })
  engine.close()
  connector.dispose()
  return { ...result, calls: together }
}

interface Bench extends AsyncDisposable {
  connector(): OwnedConnector
  connect(connector: OwnedConnector): Promise<EngineClient>
  ours(engine: EngineClient): Promise<void>
  readonly theirs: () => Promise<void>
}

/** Both ways to the lab's manager, for the same user with the same key. */
async function openBench(lab: Lab): Promise<Bench> {
  const home = await makeHome(lab)
  const folder = await mkdtemp(join(tmpdir(), 'swarm-networks-bench-'))
  const { sshKey, knownHosts } = lab.description
  const { name, address: host } = lab.manager
  // The docker command line runs `ssh` without options of ours: it finds this one, which knows the lab's key and hosts.
  const options = `-F none -i '${sshKey}' -o IdentitiesOnly=yes -o UserKnownHostsFile='${knownHosts}'`
  await writeFile(join(folder, 'ssh'), `#!/bin/sh\nPATH=\${PATH#*:}\nexec ssh ${options} "$@"\n`)
  await chmod(join(folder, 'ssh'), 0o755)
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, DOCKER_CONFIG: folder }
  const endpoint = { kind: 'ssh', host, user: 'docker-user', identityFiles: [sshKey] } as const
  const target = { id: `settings:${name}`, name, endpoint, source: 'settings', isDisabled: false } as const
  return {
    connector: () =>
      createConnector({
        machine: { ...thisMachine(), env: {}, home },
        clock: systemClock,
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        prompts: noPrompts,
      }),
    connect: (connector) => connector.connect(target, live()),
    ours: async (engine) => {
      await engine.containers.list(live())
    },
    theirs: async () => {
      await run('docker', ['-H', lab.manager.sshUrl('docker-user'), 'ps', '-aq'], { env, timeout: 30_000 })
    },
    [Symbol.asyncDispose]: async () => {
      await rm(home, { recursive: true })
      await rm(folder, { recursive: true })
    },
  }
}
