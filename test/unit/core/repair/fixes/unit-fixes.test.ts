import { describe, expect, it } from 'vitest'
import { plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import type { RepairPlan } from '../../../../../src/core/repair/plan'
import { aDockerUnit, aHostFacts, aUnitFile } from '../../../examine-builders'
import { aFindingOf, aHostContainer, aSituation, linesOf } from '../../../repair-builders'

const dropInPath = '/etc/systemd/system/docker.service.d/override.conf'
const kept = `/var/lib/swarm-networks/repairs/20261125T120000Z-stale-drop-in/files${dropInPath}`

function withDropIn(text: string, path = dropInPath) {
  const file = aUnitFile(path, text)
  const unit = aDockerUnit({ activeState: 'failed', dropIns: [file], execStarts: file.execStarts })
  return { file, facts: aHostFacts({ units: [unit], processes: [] }) }
}

const titles = (plans: readonly RepairPlan[]) => plans.map(({ title }) => title)
const inputOf = (plan: RepairPlan | undefined) =>
  plan?.steps
    .map(({ action }) => (action.kind === 'command' ? action.input : undefined))
    .find((text) => text !== undefined)

describe('a stale drop-in', () => {
  const stale = (over: object = {}) =>
    aFindingOf('stale-drop-in', {
      unit: 'docker.service',
      file: dropInPath,
      reason: 'second-exec-start',
      execStarts: [],
      isDockerMachines: false,
      ...over,
    })

  it('is moved, alone, and back to take it back', () => {
    const [plan, ...others] = plansFor(stale(), aSituation())
    expect(others).toEqual([])
    expect(linesOf(plan).slice(0, 2)).toEqual([
      expect.stringMatching(new RegExp(`mv -- .* sh ${dropInPath} ${kept}$`)),
      'systemctl daemon-reload',
    ])
    expect(linesOf(plan).filter((line) => line.includes(' mv '))).toHaveLength(1)
    expect(plan?.steps[0]?.undo).toMatchObject({ command: expect.arrayContaining([kept, dropInPath]) as unknown })
    expect(plan?.steps.some(({ id, undo }) => id === 'restart-engine' && undo !== undefined)).toBe(false)
  })

  it('says which port goes with it, and does not wait for that one', () => {
    const { facts } = withDropIn('[Service]\nExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375\n')
    const endpoint = { kind: 'tcp', host: 'tolkewitz', port: 2375 } as const
    const target = { id: 't', name: 'tolkewitz', endpoint, source: 'settings', isDisabled: false } as const
    const ways = { ...target, otherEndpoints: [{ kind: 'tcp', host: 'tolkewitz', port: 4243 } as const] }
    const [plan] = plansFor(stale(), aSituation({ facts, target: ways }))
    expect(plan?.consequences).toContain('The engine does not listen on port 2375 because of this file any more.')
    expect(plan?.steps.map(({ id }) => id)).toContain('port-4243')
    expect(plan?.steps.map(({ id }) => id)).not.toContain('port-2375')
  })

  it('of docker-machine is corrected first of all, where its program has only moved', () => {
    const path = '/etc/systemd/system/docker.service.d/10-machine.conf'
    const text = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376 --tlsverify\nEnvironment=\n'
    const { file, facts } = withDropIn(text, path)
    const program = { found: ['/usr/sbin/dockerd'], missing: ['/usr/bin/dockerd'] }
    const finding = stale({
      file: path,
      reason: 'missing-program',
      execStarts: file.execStarts,
      isDockerMachines: true,
    })
    const plans = plansFor(finding, aSituation({ facts: { ...facts, program } }))
    expect(titles(plans)).toEqual([
      `Have ${path} start /usr/sbin/dockerd instead of /usr/bin/dockerd`,
      `Move the drop-in ${path} of docker.service aside`,
    ])
    expect(inputOf(plans[0])).toBe(text.replace('/usr/bin', '/usr/sbin'))
    expect(plans[1]?.risk).toBe('high')
    expect(plans[1]?.consequences.join(' ')).toContain('provision the machine again')
  })
})

describe('more than one ExecStart', () => {
  const text = '# ours\n[Service]\nExecStart=/usr/bin/dockerd -H fd:// --label a=b\n'

  it('in unit and drop-in: the reset line is added, or the drop-in goes', () => {
    const { file, facts } = withDropIn(text)
    const finding = aFindingOf('duplicate-exec-start', {
      unit: 'docker.service',
      inForce: file.execStarts,
      surplus: [],
      dropIn: dropInPath,
    })
    const plans = plansFor(finding, aSituation({ facts }))
    expect(plans).toHaveLength(2)
    expect(inputOf(plans[0])).toBe('# ours\n[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd:// --label a=b\n')
    expect(linesOf(plans[1])[0]).toContain(`mv -- "$1" "$2"`)
  })

  it('in one file: the last one stays, with what continues it', () => {
    const { file, facts } = withDropIn('[Service]\nExecStart=\nExecStart=/a \\\n  --one\nExecStart=/b\n')
    const surplus = file.execStarts.filter(({ line }) => line === 3)
    const finding = aFindingOf('duplicate-exec-start', { unit: 'docker.service', inForce: file.execStarts, surplus })
    const [plan] = plansFor(finding, aSituation({ facts }))
    expect(inputOf(plan)).toBe('[Service]\nExecStart=\nExecStart=/b\n')
  })

  it('in a file that was not seen whole: nothing is written back', () => {
    const file = aUnitFile(dropInPath, text, { isWhole: false })
    const facts = aHostFacts({ units: [aDockerUnit({ dropIns: [file] })] })
    const details = { unit: 'docker.service', inForce: [], surplus: [], dropIn: dropInPath }
    expect(plansFor(aFindingOf('duplicate-exec-start', details), aSituation({ facts }))).toHaveLength(1)
  })
})

describe('a directive that is there twice', () => {
  const directives = { hosts: ['fd://', 'tcp://0.0.0.0:2375'], 'log-driver': 'json-file' }
  const daemonJson = { path: '/etc/docker/daemon.json', state: 'valid', isWhole: true, directives } as const
  const finding = (flagFile: string, flagValues = ['fd://']) =>
    aFindingOf('directive-twice', {
      daemonJson: daemonJson.path,
      conflicts: [
        { directive: 'hosts', flag: 'host', flagValues, flagFile, fileValue: JSON.stringify(directives.hosts) },
      ],
    })

  it('is taken out of daemon.json, or off the command line by a drop-in where a package brings the unit', () => {
    const unit = aDockerUnit({ activeState: 'failed' })
    const facts = aHostFacts({ units: [unit], daemonJson, processes: [] })
    const plans = plansFor(finding('/lib/systemd/system/docker.service'), aSituation({ facts }))
    expect(titles(plans)).toEqual([
      'Take "hosts": ["fd://","tcp://0.0.0.0:2375"] out of /etc/docker/daemon.json; the command line counts',
      'Take --host=fd:// off the command line in /lib/systemd/system/docker.service; /etc/docker/daemon.json counts',
    ])
    expect(inputOf(plans[0])).toBe('{\n  "log-driver": "json-file"\n}\n')
    expect(inputOf(plans[1])).toBe(
      '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --containerd=/run/containerd/containerd.sock\n',
    )
  })

  it('is taken out of the file that has it otherwise, however it is written', () => {
    const path = '/etc/default/docker'
    const text = 'DOCKER_OPTS="-H fd:// --host=tcp://0.0.0.0:2375 --debug"\n'
    const facts = aHostFacts({ environmentFiles: [{ path, text, isWhole: true }], daemonJson })
    const plans = plansFor(finding(path, ['fd://', 'tcp://0.0.0.0:2375']), aSituation({ facts }))
    expect(inputOf(plans[1])).toBe('DOCKER_OPTS=" --debug"\n')
  })
})

describe('a unit of old', () => {
  const path = '/etc/systemd/system/docker.service'
  const text = '[Service]\nExecStart=/usr/bin/docker daemon -H tcp://0.0.0.0:2376 --tlsverify\n'

  it('is corrected with its options, or moved so that the package’s counts', () => {
    const fragment = aUnitFile(path, text)
    const facts = aHostFacts({ units: [aDockerUnit({ fragment, activeState: 'failed' })], processes: [] })
    const details = { unit: 'docker.service', execStart: fragment.execStarts[0]!, program: '/usr/sbin/dockerd' }
    const plans = plansFor(aFindingOf('legacy-unit', details), aSituation({ facts }))
    expect(inputOf(plans[0])).toBe('[Service]\nExecStart=/usr/sbin/dockerd -H tcp://0.0.0.0:2376 --tlsverify\n')
    expect(plans[1]?.steps.map(({ id }) => id).slice(0, 2)).toEqual(['packaged-unit', 'move-unit'])
  })
})

describe('what systemd was told', () => {
  it('is unmasked and started, and masked again to take it back', () => {
    const finding = aFindingOf('unit-masked', { unit: 'docker.service', isRuntime: true })
    const [plan] = plansFor(finding, aSituation())
    expect(linesOf(plan)[0]).toBe('systemctl unmask --runtime docker.service')
    expect(plan?.steps[0]?.undo).toMatchObject({ command: ['systemctl', 'mask', '--runtime', 'docker.service'] })
    expect(plan?.steps.map(({ id }) => id)).toContain('restart-engine')
  })

  it('is enabled without a restart where the engine runs', () => {
    const finding = aFindingOf('unit-disabled', { unit: 'docker.service', isRunning: true })
    const [plan] = plansFor(finding, aSituation({ facts: aHostFacts() }))
    expect(linesOf(plan)).toEqual(['systemctl enable docker.service'])
    expect(plan?.risk).toBe('low')
  })
})

describe('the containers of an engine that is restarted', () => {
  const containers = [
    aHostContainer('web'),
    aHostContainer('job', { restartPolicy: 'no' }),
    aHostContainer('api.1.x', { restartPolicy: 'no', isTask: true }),
    aHostContainer('old', { isRunning: false, restartPolicy: 'unless-stopped', isStoppedByHand: true }),
  ]
  const restart = aFindingOf('restart-needed', { running: [], configured: [] })

  it('are named: who comes back, who does not', () => {
    const [plan] = plansFor(restart, aSituation({ facts: aHostFacts(), containers }))
    expect(plan?.consequences).toEqual([
      'The engine is restarted.',
      'These containers stop and come back by their restart policy: web.',
      'These stop, and the swarm replaces them, here or on another host: api.1.x.',
      'These stop and stay stopped, having no restart policy that starts them: job.',
    ])
    expect(plan?.risk).toBe('high')
  })

  it('come back by their policy where it is down', () => {
    const [plan] = plansFor(restart, aSituation({ containers }))
    expect(plan?.consequences).toContain('These containers come back by their restart policy: web.')
    expect(plan?.risk).toBe('low')
  })

  it('are followed by what the swarm lacks meanwhile, unless its engine does not run anyway', () => {
    const quorum = 'The swarm has two managers, and one is no majority.'
    const [running] = plansFor(restart, aSituation({ facts: aHostFacts(), containers: [], quorum }))
    expect(running?.consequences.at(-1)).toBe(quorum)
    expect(running?.risk).toBe('medium')
    const [stopped] = plansFor(restart, aSituation({ containers: [], quorum }))
    expect(stopped?.consequences).not.toContain(quorum)
    expect(stopped?.risk).toBe('low')
  })

  it('are said to be unknown where they are', () => {
    const [plan] = plansFor(restart, aSituation({ containers: undefined }))
    expect(plan?.consequences).toEqual(['Which containers stop and come back could not be seen.'])
  })
})
