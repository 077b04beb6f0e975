import { describe, expect, it } from 'vitest'
import {
  machineActions,
  machineArguments,
  machineConsequences,
  refuseAction,
} from '../../../../src/core/machine/machine-action'
import { diagnoseMachineOutput } from '../../../../src/core/machine/machine-failures'
import type { MachineRecord } from '../../../../src/core/model/target'

function aMachine(over: Partial<MachineRecord> = {}): MachineRecord {
  return {
    name: 'tolkewitz',
    driver: 'virtualbox',
    store: '/home/me/.docker/machine',
    engineFlags: [],
    engineLabels: [],
    ...over,
  }
}

describe('machineArguments', () => {
  it('names the store, because an editor seldom has its variable', () => {
    expect(machineArguments('provision', aMachine())).toEqual([
      ...['--storage-path', '/home/me/.docker/machine', 'provision', 'tolkewitz'],
    ])
  })

  it('answers the question that has been answered already', () => {
    expect(machineArguments('regenerate-certs', aMachine()).slice(2)).toEqual([
      'regenerate-certs',
      '--force',
      'tolkewitz',
    ])
  })

  it.each(['--help', '', 'a b', '.x', 'a/b'])('refuses %j, which is no name of a machine', (name) => {
    expect(() => machineArguments('stop', aMachine({ name }))).toThrow(RangeError)
  })
})

describe('refuseAction', () => {
  it('refuses what the driver cannot do', () => {
    expect(refuseAction('stop', aMachine({ driver: 'generic' }))).toContain('can neither start nor stop')
    expect(refuseAction('provision', aMachine({ driver: 'none' }))).toContain('nothing of it but a URL')
    expect(refuseAction('restart', aMachine({ driver: 'generic' }))).toBeUndefined()
    for (const action of machineActions) expect(refuseAction(action, aMachine())).toBeUndefined()
  })

  it('has something to say before each action', () => {
    for (const action of machineActions) expect(machineConsequences(action).join('')).not.toBe('')
  })
})

describe('diagnoseMachineOutput', () => {
  it.each([
    ['Error checking TLS connection: Host is not running', 'machine-not-running'],
    [
      'Error checking TLS connection: Error checking and/or regenerating the certs: x509: certificate has expired',
      'machine-tls',
    ],
    [`permissions 0644 for '/home/user/.docker/machine/machines/plain/id_rsa' are too open`, 'machine-key-permissions'],
    ['stat /home/user/.docker/machine/machines/plain/id_rsa: no such file or directory', 'machine-key-missing'],
    ['Error: Cannot run SSH command: Host "plain" is not running', 'machine-not-running'],
    ['exit status 255', 'machine-ssh-refused'],
    ['Error getting migrated host: unexpected end of JSON input', 'machine-config-broken'],
    ['open /home/user/.docker/machine/machines/plain/config.json: no such file or directory', 'machine-config-broken'],
    ['Docker machine "gone" does not exist. Use "docker-machine ls" to list machines.', 'machine-unknown'],
  ])('knows %j', (line, cause) => {
    const finding = diagnoseMachineOutput(`Waiting for SSH to be available...\n${line}\n`)
    expect(finding).toMatchObject({ cause, severity: 'error' })
    expect(finding?.evidence[0]).toContain(line.slice(0, 40))
  })

  it('quotes no control characters', () => {
    expect(diagnoseMachineOutput('\u001B[31mexit status 255')?.evidence.join()).not.toContain('\u001B')
  })

  it('knows nothing of what went well', () => {
    expect(diagnoseMachineOutput('Docker is up and running!')).toBeUndefined()
  })
})
