import { describe, expect, it } from 'vitest'
import { plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import type { HostFacts } from '../../../../../src/core/examine/host/host-facts'
import type { RepairPlan } from '../../../../../src/core/repair/plan'
import { aDockerUnit, aHostFacts, aUnitFile } from '../../../examine-builders'
import { aFindingOf, aHostContainer, aSituation, linesOf } from '../../../repair-builders'

const titles = (plans: readonly RepairPlan[]) => plans.map(({ title }) => title)
const inputOf = (plan: RepairPlan | undefined) =>
  plan?.steps.flatMap(({ action }) => (action.kind === 'command' ? [action.input] : []))[0]
const at = (facts: Partial<HostFacts>) =>
  aSituation({ facts: aHostFacts({ units: [aDockerUnit({ activeState: 'failed' })], processes: [], ...facts }) })

describe('a daemon.json that the engine does not take', () => {
  const path = '/etc/docker/daemon.json'
  const finding = (option?: string) =>
    aFindingOf('daemon-json-invalid', { file: path, ...(option !== undefined && { option }) })
  const invalid = (text: string) => at({ daemonJson: { path, state: 'invalid', text, isWhole: true } })

  it('is written as JSON where only commas and comments are too many', () => {
    const [asJson, aside] = plansFor(finding(), invalid('{\n  // ours\n  "debug": true,\n}\n'))
    expect(inputOf(asJson)).toBe('{\n  "debug": true\n}\n')
    expect(asJson?.consequences).toEqual(
      expect.arrayContaining(['Its settings: "debug": true.', expect.stringContaining('Comments in it are lost')]),
    )
    expect(aside?.title).toBe(`Move ${path} aside, so that the engine starts without its settings`)
  })

  it('goes into the record where nobody can read it, and the plan says which settings are lost', () => {
    const plans = plansFor(finding(), invalid('{ "data-root": "/srv/docker", "labels: ["a"] }'))
    expect(plans).toHaveLength(1)
    expect(plans[0]?.risk).toBe('high')
    expect(plans[0]?.consequences.join(' ')).toContain('"data-root": "/srv/docker"')
    expect(plans[0]?.consequences.join(' ')).toContain('without the setting it does not see them')
  })

  it('loses the directive that the engine does not know, and no other', () => {
    const directives = { debug: true, 'cluster-store': 'etcd://10.0.0.5:2379' }
    const facts = { daemonJson: { path, state: 'valid', directives, isWhole: true } } as const
    const plans = plansFor(finding('cluster-store'), at(facts))
    expect(inputOf(plans[0])).toBe('{\n  "debug": true\n}\n')
    expect(plansFor(finding('cluster-store'), at({ daemonJson: { ...facts.daemonJson, isWhole: false } }))).toEqual([])
  })
})

describe('a flag that the engine does not know', () => {
  const file = '/etc/default/docker'
  const text = 'DOCKER_OPTS="-H fd:// --cluster-store=etcd://10.0.0.5:2379 --cluster-advertise eth0:2376 --label a=b"\n'
  const flags = [
    { name: 'cluster-store', value: 'etcd://10.0.0.5:2379', file },
    { name: 'cluster-advertise', value: 'eth0:2376', file },
    { name: 'label', value: 'a=b', file },
  ]
  const facts = { commandLine: { flags }, environmentFiles: [{ path: file, text, isWhole: false }] }

  it('goes with those that belong to it; of a file with variables only that line is written', () => {
    const [plan] = plansFor(aFindingOf('unknown-flag', { flag: 'cluster-store', file }), at(facts))
    const action = plan?.steps[0]?.action
    expect(action?.kind === 'command' && action.command.slice(-2)).toEqual([
      text.trimEnd(),
      'DOCKER_OPTS="-H fd:// --label a=b"',
    ])
    expect(plan?.consequences.join(' ')).toContain('Overlay networks of the key-value store are gone')
  })

  it('is left to a person where nobody knows in which file it stands', () => {
    expect(plansFor(aFindingOf('unknown-flag', { flag: 'cluster-store' }), at(facts))).toEqual([])
  })
})

describe('a program that is not where the unit looks for it', () => {
  const details = (file: string) => ({
    program: '/usr/bin/dockerd',
    found: ['/usr/sbin/dockerd'],
    execStart: { file, line: 2, command: '/usr/bin/dockerd -H fd://' },
  })

  it('is named in a unit of one’s own', () => {
    const path = '/etc/systemd/system/docker.service'
    const fragment = aUnitFile(path, '[Service]\nExecStart=/usr/bin/dockerd -H fd://\n')
    const [plan] = plansFor(aFindingOf('missing-binary', details(path)), at({ units: [aDockerUnit({ fragment })] }))
    expect(inputOf(plan)).toBe('[Service]\nExecStart=/usr/sbin/dockerd -H fd://\n')
  })

  it('is given to a package’s unit by a drop-in', () => {
    const [plan] = plansFor(aFindingOf('missing-binary', details('/lib/systemd/system/docker.service')), at({}))
    expect(inputOf(plan)).toBe('[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd://\n')
  })

  it('has to be installed by a person where there is none', () => {
    const finding = aFindingOf('missing-binary', { program: '/usr/bin/dockerd', found: [] })
    expect(plansFor(finding, at({}))).toEqual([])
  })
})

describe('docker.socket beside an engine with a socket of its own', () => {
  const path = '/etc/systemd/system/docker.service.d/10-machine.conf'
  const text =
    '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376 -H unix:///var/run/docker.sock\n'
  const dropIn = aUnitFile(path, text)
  const flags = [{ name: 'host', value: 'unix:///var/run/docker.sock', file: path }]
  const socket = aDockerUnit({ name: 'docker.socket', execStarts: [] })
  const situation = (unit: string) => {
    const fragment = aUnitFile('/lib/systemd/system/docker.service', unit)
    const units = [aDockerUnit({ fragment, dropIns: [dropIn], execStarts: dropIn.execStarts }), socket]
    return at({ units, commandLine: { flags } })
  }
  const conflict = (running: readonly string[]) =>
    aFindingOf('socket-unit-conflict', { running, configured: dropIn.execStarts.map(({ command }) => command) })

  it('is given to the engine, by that one option', () => {
    const plans = plansFor(conflict([]), situation('[Unit]\nRequires=docker.socket\n'))
    expect(plans).toHaveLength(1)
    expect(inputOf(plans[0])).toBe(text.replace('unix:///var/run/docker.sock', 'fd://'))
    expect(plans[0]?.consequences).toContain('docker-machine writes this file anew whenever it provisions the machine.')
  })

  it('can be switched off only where the engine’s unit does not require it, and is not started again then', () => {
    const plans = plansFor(conflict(['/usr/bin/dockerd']), situation('[Unit]\nWants=docker.socket\n'))
    expect(titles(plans).map((title) => title.split(' ')[0])).toEqual(['Restart', 'Have', 'Stop'])
    const lines = linesOf(plans[2])
    expect(lines[0]).toBe('systemctl disable --now docker.socket')
    expect(lines[1]).toMatch(/docker\.service$/)
    expect(lines[1]).not.toContain('docker.socket')
  })
})

describe('a repair that restarts the engine', () => {
  const finding = aFindingOf('engine-stopped', { unit: 'docker.service' })

  it('waits for those containers that come back, and starts the ones that do not', () => {
    const containers = [
      aHostContainer('web'),
      aHostContainer('job', { restartPolicy: 'no' }),
      aHostContainer('off', { restartPolicy: 'unless-stopped', isStoppedByHand: true }),
      aHostContainer('task', { isTask: true }),
    ]
    const [plan] = plansFor(finding, aSituation({ containers }))
    expect(linesOf(plan).at(-1)).toMatch(/docker start "\$name".* sh web$/s)
    expect(plansFor(finding, aSituation())[0]?.steps.map(({ id }) => id)).not.toContain('containers-back')
  })
})
