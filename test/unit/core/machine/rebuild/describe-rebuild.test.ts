import { describe, expect, it } from 'vitest'
import { describeRebuild, summarizeRebuild } from '../../../../../src/core/machine/rebuild/describe-rebuild'
import { aRepair } from '../../../repair-builders'

const removal = aRepair({ id: 'leftover-swarm-agent', title: 'Stop and remove swarm-agent' })
const parts = [
  { name: 'kaditz', isMaster: true, removal, line: 'docker-machine --storage-path /store provision kaditz' },
  {
    name: 'tolkewitz',
    isMaster: false,
    removal: undefined,
    line: 'docker-machine --storage-path /store provision tolkewitz',
  },
]

describe('describeRebuild', () => {
  it('has the order, every command that removes something, and those of docker-machine', () => {
    const text = describeRebuild(parts)
    expect(text).toMatch(/\| +1 \| kaditz +\| master \| Stop and remove swarm-agent/)
    expect(text).toMatch(/\| +2 \| tolkewitz +\| agent +\| nothing is in the way/)
    expect(text).toContain('systemctl restart docker.service')
    expect(text).toContain('docker-machine --storage-path /store provision kaditz')
    expect(text).toContain('restarts the engine')
  })
})

describe('summarizeRebuild', () => {
  it('has each machine with what is done there, in its order', () => {
    expect(summarizeRebuild(parts).split('\n').slice(0, 5)).toEqual([
      '1. kaditz (master)',
      '    Stop and remove swarm-agent',
      '    docker-machine --storage-path /store provision kaditz',
      '2. tolkewitz (agent)',
      '    docker-machine --storage-path /store provision tolkewitz',
    ])
  })
})
