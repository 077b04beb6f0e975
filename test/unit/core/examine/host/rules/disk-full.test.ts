import { describe, expect, it } from 'vitest'
import { causesIn, failed, only } from './found-by'

const disk = {
  path: '/var/lib/docker',
  mountPoint: '/var/lib/docker',
  size: 20e9,
  available: 9e9,
  inodes: 1000,
  inodesFree: 900,
}

describe('disk-full', () => {
  it('tells room from inodes', () => {
    const room = only('disk-full', failed({ disks: [{ ...disk, available: 0 }] }))
    expect([room.title, room.severity]).toEqual(['There is no room left for /var/lib/docker', 'error'])
    const inodes = only('disk-full', failed({ disks: [{ ...disk, inodesFree: 0 }] }))
    expect([inodes.title, inodes.details.isInodes]).toEqual(['There is no inode left for /var/lib/docker', true])
  })

  it('warns where there is little left', () => {
    expect(only('disk-full', { disks: [{ ...disk, available: 100e6 }] }).severity).toBe('warning')
    expect(causesIn({ disks: [disk] })).toEqual([])
  })
})
