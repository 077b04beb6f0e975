import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractJson } from '../../src/core/contract/report/contract-json'
import { CommandLine } from './command-line'
import { openLab, type Lab } from './lab'

let lab: Lab
let cli: CommandLine
let folder: string

beforeAll(async () => {
  lab = await openLab()
  await lab.cleanup()
  cli = await CommandLine.overSockets(lab)
  folder = await mkdtemp(join(tmpdir(), 'swarm-networks-contract-'))
})

afterAll(async () => {
  await lab.cleanup()
  await cli[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const contract = `# shell1 is the client, web the page, db is web's alone
must:
  - from: shell1
    to: web
    network: front
    http: { port: 80, path: /, status: 200 }
    name: true
    because: the page is what all this is for
  - { from: shell1, to: web, network: front, ping: true, mtu: true }
  - { from: web, to: label:tier=data, tcp: 80, name: data }
  - { from: shell1, to: { service: api }, http: 80, name: true }
mustNot:
  - { from: shell1, to: db, tcp: 80 }
`

async function test(text: string, ...options: readonly string[]) {
  const file = join(folder, 'app.connectivity.yaml')
  await writeFile(file, text)
  const { status, stdout, stderr } = await cli.run('test', '--contract', file, '--json', ...options)
  return { status, stderr, json: JSON.parse(stdout || '{}') as ContractJson }
}

const results = ({ lines }: ContractJson) => lines.map(({ line, result }) => [line, result])

describe('a network that cannot work', () => {
  afterAll(async () => {
    await lab.machine('lindenau').exec('ip route del 10.66.0.0/16 dev eth0')
    await lab.heal()
  })

  it('is warned of before it is made: a route that it would hide, and a card that carries less', async () => {
    const lindenau = lab.machine('lindenau')
    await lindenau.run('ip route replace 10.66.0.0/16 dev eth0')
    const mend = await lindenau.faults.lowerMtu(1400)
    const refused = await cli.run('network', 'create', 'hidden', '--subnet', '10.66.1.0/24', '--strict')
    await mend()
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toMatch(/At lindenau .* route to 10\.66\.0\.0\/16 by eth0.*\[route-overlap\]/)
    expect(refused.stderr).toMatch(/lindenau \(eth0: 1400\).*Set the MTU to 1400; containers then get 1350.*\[mtu\]/)
    expect(refused.stderr).not.toMatch(/Not compared/)
    const networks = await cli.json<readonly { name: string }[]>('networks')
    expect(networks.filter(({ name }) => name === 'hidden')).toEqual([])
    for (const machine of lab.machines)
      expect(await machine.run('docker ps -aq --filter label=swarm-networks.helper')).toBe('')
  })

  it('is not asked for by --link without a word on what to do instead', async () => {
    const { status, stderr } = await cli.run('run', '--name', 'x', '--network', 'front', '--link', 'web:page', 'alpine')
    expect([status, stderr]).toEqual([2, expect.stringMatching(/no links on an overlay.*Use “web”.*--alias page/)])
  })
})

describe('a contract over a real swarm', () => {
  beforeAll(async () => {
    const [tolkewitz, miltitz, lindenau] = ['tolkewitz', 'miltitz', 'lindenau'].map((name) => lab.machine(name))
    const make = (name: string) => tolkewitz!.run(`docker network create -d overlay --attachable ${name}`)
    await Promise.all([make('front'), make('back')])
    await Promise.all([
      tolkewitz!.run('docker run -d --name web --network front nginx && docker network connect back web'),
      lindenau!.run('docker run -d --name db --network back --network-alias data --label tier=data nginx'),
      miltitz!.run('docker run -d --name shell1 --network front alpine sleep 1h'),
      tolkewitz!.run('docker service create --quiet --name api --replicas 2 --network front nginx'),
    ])
  })

  it('holds, with a service by its own address, an alias, and what is kept apart', async () => {
    const { status, stderr, json } = await test(contract)
    expect(json.lines.filter(({ result }) => result !== 'pass')).toEqual([])
    expect([status, stderr, json.ok]).toEqual([0, '', true])
    expect(results(json)).toEqual([3, 9, 10, 11, 13].map((line) => [line, 'pass']))
    expect(json.lines[4]?.asks[0]?.detail).toMatch(/though db serves port 80/)
  })

  it('fails at the line of a stopped container, with its cause, in every report', async () => {
    await lab.machine('tolkewitz').run('docker stop -t 0 web')
    const [junit, markdown] = [join(folder, 'junit.xml'), join(folder, 'report.md')]
    const { status, json } = await test(contract, '--junit', junit, '--markdown', markdown)
    await lab.machine('tolkewitz').run('docker start web')
    expect(status).toBe(1)
    expect(results(json)).toEqual([
      [3, 'fail'],
      [9, 'fail'],
      [10, 'not-tested'],
      [11, 'pass'],
      [13, 'pass'],
    ])
    expect(json.lines[0]).toMatchObject({ causes: ['target-not-running'], because: 'the page is what all this is for' })
    expect(json.findings.map(({ cause, hosts }) => [cause, hosts])).toEqual([['target-not-running', ['tolkewitz']]])
    expect(await readFile(junit, 'utf8')).toMatch(/line="3".*?\n.*type="target-not-running"/)
    expect(await readFile(markdown, 'utf8')).toContain('## Line 3: shell1 must reach web')
  })

  it('fails a forbidden pair that is reached, and does not pass one whose port nobody serves', async () => {
    const { status, json } = await test(
      'network: front\nmustNot:\n  - {from: shell1, to: web, tcp: 80}\n  - {from: shell1, to: web, tcp: 81}\n',
    )
    expect(status).toBe(1)
    expect(results(json)).toEqual([
      [3, 'fail'],
      [4, 'not-tested'],
    ])
    expect(json.lines[0]?.causes).toEqual(['forbidden-path-open'])
  })

  it('gives a line that means nobody to a CI job as an error at its place, and tests the others', async () => {
    const junit = join(folder, 'nobody.xml')
    const { status, stderr, json } = await test(
      'must:\n  - {from: shell1, to: webb, tcp: 80}\n  - {from: shell1, to: web, network: front, tcp: 80}\n',
      ...['--junit', junit],
    )
    expect([status, json.ok]).toEqual([2, false])
    expect(stderr).toMatch(/app\.connectivity\.yaml:2:24: error: No container matches webb now\. Did you mean “web”/)
    expect(results(json)).toEqual([
      [2, 'not-tested'],
      [3, 'pass'],
    ])
    expect(json.problems).toMatchObject([{ line: 2, column: 24, code: 'matches-nothing' }])
    expect(await readFile(junit, 'utf8')).toMatch(/errors="1" skipped="0".*line="2".*<error type="matches-nothing"/s)
  })
})
