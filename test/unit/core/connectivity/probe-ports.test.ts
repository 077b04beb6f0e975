import { describe, expect, it } from 'vitest'
import { exposedTcpPorts, maySpeakHttp } from '../../../../src/core/connectivity/probe-ports'

describe('exposedTcpPorts', () => {
  it('gives each TCP port once, in order', () => {
    const ports = [
      { privatePort: 443, protocol: 'tcp' },
      { privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress: '0.0.0.0' },
      { privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress: '::' },
      { privatePort: 53, protocol: 'udp' },
    ] as const
    expect(exposedTcpPorts(ports)).toEqual([80, 443])
  })
})

describe('maySpeakHttp', () => {
  it('asks web ports and unknown ones, and spares what is known to speak otherwise', () => {
    expect([80, 8080, 3000, 12345].map(maySpeakHttp)).toEqual([true, true, true, true])
    expect([22, 443, 3306, 5432, 6379].map(maySpeakHttp)).toEqual([false, false, false, false, false])
  })
})
