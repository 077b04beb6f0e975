import { expect, it } from 'vitest'
import { parseTopologyMessage } from '../../../../src/core/topology/protocol'

it.each([
  { type: 'ready' },
  { type: 'test' },
  { type: 'activate', key: 'host:x' },
  { type: 'choose', networkKey: '' },
  { type: 'export', format: 'svg', colors: { bad: '#f00' } },
  { type: 'png', data: 'iVBORw0KGgo=' },
  { type: 'failed', message: 'No canvas' },
])('takes $type', (message) => expect(parseTopologyMessage(message)).toEqual(message))

it.each([
  undefined,
  null,
  'ready',
  {},
  { type: 'activate' },
  { type: 'choose', networkKey: 3 },
  { type: 'export', format: 'exe', colors: {} },
  { type: 'export', format: 'svg' },
  { type: 'png', data: '../../x' },
  { type: 'run', command: 'x' },
])('takes nothing else: %o', (message) => expect(parseTopologyMessage(message)).toBeUndefined())
