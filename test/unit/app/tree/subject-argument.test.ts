import { expect, it } from 'vitest'
import { subjectFromArgument } from '../../../../src/app/tree/subject-argument'

it.each([
  { kind: 'host', hostId: 'settings:tolkewitz' },
  { kind: 'container', hostId: 'settings:tolkewitz', containerId: 'abc' },
  { kind: 'network', networkKey: 'n1' },
  { kind: 'service', serviceId: 's1' },
  { kind: 'task', serviceId: 's1', taskId: 't1' },
  { kind: 'test-result', networkKey: 'n1' },
])('takes %j', (argument) => {
  expect(subjectFromArgument(argument)).toBe(argument)
})

it.each([
  undefined,
  null,
  'hosts:host:settings:tolkewitz',
  {},
  { kind: 'host' },
  { kind: 'host', hostId: 7 },
  { kind: 'container', hostId: 'settings:tolkewitz' },
  { kind: 'task', taskId: 't1' },
  { kind: 'finding', networkKey: 'n1', cause: 'port-closed', index: 0 },
  { kind: 'toString', hostId: 'x' },
  { kind: 1 },
])('refuses %j', (argument) => {
  expect(subjectFromArgument(argument)).toBeUndefined()
})
